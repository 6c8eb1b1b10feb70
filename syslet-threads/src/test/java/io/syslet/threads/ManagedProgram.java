package io.syslet.threads;

import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import javax.management.Attribute;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import jdk.management.VirtualThreadSchedulerMXBean;

/** Prints what the JDK's MXBean, and ours, say while ten virtual threads wait and one runs. */
final class ManagedProgram {
  private ManagedProgram() {}

  public static void main(String[] args) throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    for (int i = 0; i < 10; i++) {
      Thread.startVirtualThread(() -> await(end));
    }
    CountDownLatch printed = new CountDownLatch(1);
    Thread.startVirtualThread(() -> print(printed));
    printed.await();
    end.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void print(CountDownLatch printed) {
    try {
      var jdk = ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
      System.out.println("parallelism " + jdk.getParallelism());
      System.out.println("mounted " + jdk.getMountedVirtualThreadCount());
      System.out.println("queued " + jdk.getQueuedVirtualThreadCount());
      MBeanServer server = ManagementFactory.getPlatformMBeanServer();
      ObjectName ours = new ObjectName("syslet:type=Threadlets,name=\"threadlets\"");
      while (!server.isRegistered(ours)) {
        Thread.sleep(1);
      }
      server.setAttribute(ours, new Attribute("MaxBlocked", 17));
      System.out.println("limit " + server.getAttribute(ours, "MaxBlocked"));
      System.out.println("processors " + server.getAttribute(ours, "Processors"));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      printed.countDown();
    }
  }
}
