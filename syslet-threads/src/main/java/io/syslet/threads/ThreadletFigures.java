package io.syslet.threads;

import io.syslet.linux.Scheduler;
import org.jspecify.annotations.Nullable;

/** The figures of a scheduler, and their place among the MXBeans. Any thread. */
final class ThreadletFigures implements ThreadletsMXBean {
  private final Scheduler scheduler;
  private final String name;
  private @Nullable Registration registered;

  ThreadletFigures(Scheduler scheduler, String name) {
    this.scheduler = scheduler;
    this.name = name;
  }

  /**
   * Registers them, unless somebody else has that name, or the runtime has no management; starts
   * the JVM's management.
   */
  synchronized void register() {
    try {
      registered = Registration.of(this, name);
    } catch (LinkageError e) {
      warn(e);
    }
  }

  /** Says that they are not registered. */
  static void warn(Throwable why) {
    System.getLogger("io.syslet.threads").log(System.Logger.Level.WARNING, "no MXBean: " + why);
  }

  /** Takes them out again. */
  synchronized void withdraw() {
    Registration own = registered;
    registered = null;
    if (own != null) {
      own.withdraw();
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
