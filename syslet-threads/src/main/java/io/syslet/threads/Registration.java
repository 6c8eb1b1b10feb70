package io.syslet.threads;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * A place of figures among the MXBeans. All that needs the JVM's management is here: a runtime may
 * be without the module.
 */
final class Registration {
  private final ObjectName name;

  private Registration(ObjectName name) {
    this.name = name;
  }

  /** Registers figures; null if somebody else has that name. Starts the JVM's management. */
  static @Nullable Registration of(ThreadletsMXBean figures, String name) {
    try {
      MBeanServer server = ManagementFactory.getPlatformMBeanServer();
      ObjectName own = new ObjectName("syslet:type=Threadlets,name=" + ObjectName.quote(name));
      return new Registration(server.registerMBean(figures, own).getObjectName());
    } catch (JMException e) {
      ThreadletFigures.warn(e);
      return null;
    }
  }

  /** Takes them out again. */
  void withdraw() {
    try {
      ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
    } catch (JMException e) {
      System.getLogger("io.syslet.threads").log(System.Logger.Level.DEBUG, "MXBean: " + e);
    }
  }
}
