package io.syslet.kernel.poller;

import java.util.ArrayList;
import java.util.List;

/**
 * Says that something is in use and must not be disturbed: a device in the midst of a transfer, or
 * the one command that runs. It counts, as the same user may take it again. It is in use too while
 * one that it depends on is.
 *
 * <p>Where the caller may pause, {@link #await} makes of the question a mutex.
 *
 * <p>Source: barebox's {@code include/slice.h}.
 */
public final class Slice {
  private final MainLoop loop;
  private final String name;
  private final List<Slice> dependencies = new ArrayList<>();
  private int users;

  /** One that is free. */
  public Slice(MainLoop loop, String name) {
    this.loop = loop;
    this.name = name;
  }

  /** Takes it, also if it is taken. */
  public void acquire() {
    users++;
  }

  /**
   * Gives it back.
   *
   * @throws IllegalStateException if nobody has it: its count is never negative.
   */
  public void release() {
    if (users == 0) {
      throw new IllegalStateException(this + " is released, but nobody has it");
    }
    users--;
  }

  /** Whether it, or one that it depends on, is in use. */
  public boolean isAcquired() {
    return users > 0 || dependencies.stream().anyMatch(Slice::isAcquired);
  }

  /** Takes it if it is not in use: whether that was so. */
  public boolean tryAcquire() {
    boolean free = !isAcquired();
    users += free ? 1 : 0;
    return free;
  }

  /** Takes it; pauses while it is in use. */
  public void await() {
    while (!tryAcquire()) {
      loop.pause();
    }
  }

  /**
   * From now on this is in use too while the other is.
   *
   * @throws IllegalArgumentException if the other depends on this.
   */
  public void dependOn(Slice other) {
    if (other.reaches(this)) {
      throw new IllegalArgumentException(
          "recursive dependency: " + other + " depends on " + this + " already");
    }
    dependencies.add(other);
  }

  private boolean reaches(Slice target) {
    return this == target || dependencies.stream().anyMatch(each -> each.reaches(target));
  }

  /** Such as {@code slice 'mmc0'}. */
  @Override
  public String toString() {
    return "slice '" + name + "'";
  }
}
