package io.syslet.threads;

import io.syslet.linux.Scheduler;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** The figures of a scheduler, and their place among the MXBeans. Any thread. */
final class ThreadletFigures implements ThreadletsMXBean {
  private final Scheduler scheduler;
  private final String name;
  private @Nullable ObjectName registered;

  ThreadletFigures(Scheduler scheduler, String name) {
    this.scheduler = scheduler;
    this.name = name;
  }

  /** Registers them, unless somebody else has that name; starts the JVM's management. */
  synchronized void register() {
    try {
      MBeanServer server = ManagementFactory.getPlatformMBeanServer();
      ObjectName own = new ObjectName("syslet:type=Threadlets,name=" + ObjectName.quote(name));
      registered = server.registerMBean(this, own).getObjectName();
    } catch (JMException e) {
      System.getLogger("io.syslet.threads").log(System.Logger.Level.WARNING, "no MXBean: " + e);
    }
  }

  /** Takes them out again. */
  synchronized void withdraw() {
    ObjectName own = registered;
    registered = null;
    try {
      if (own != null) {
        ManagementFactory.getPlatformMBeanServer().unregisterMBean(own);
      }
    } catch (JMException e) {
      System.getLogger("io.syslet.threads").log(System.Logger.Level.DEBUG, "MXBean: " + e);
    }
  }

  @Override
  public int getProcessors() {
    return scheduler.stats().processors();
  }

  @Override
  public int getMounted() {
    return scheduler.stats().mounted();
  }

  @Override
  public int getBlocked() {
    return scheduler.stats().blocked();
  }

  @Override
  public long getQueued() {
    return scheduler.stats().queued();
  }

  @Override
  public int getWorkers() {
    return scheduler.stats().workers();
  }

  @Override
  public int getMostWorkers() {
    return scheduler.stats().mostWorkers();
  }

  @Override
  public long getReplacements() {
    return scheduler.stats().replacements();
  }

  @Override
  public long getStarved() {
    return scheduler.stats().starved();
  }

  @Override
  public int getMaxBlocked() {
    return scheduler.stats().maxBlocked();
  }

  @Override
  public void setMaxBlocked(int limit) {
    scheduler.maxBlocked(limit);
  }
}
