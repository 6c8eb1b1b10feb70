package io.syslet.threads;

import java.lang.management.ManagementFactory;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/** The agent's MXBean, from within a program. */
final class Managed {
  private Managed() {}

  /** Waits until it is registered; it never is without the agent. */
  static ThreadletsMXBean await() throws InterruptedException, MalformedObjectNameException {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName name = new ObjectName("syslet:type=Threadlets,name=\"threadlets\"");
    while (!server.isRegistered(name)) {
      Thread.sleep(1);
    }
    return JMX.newMXBeanProxy(server, name, ThreadletsMXBean.class);
  }
}
