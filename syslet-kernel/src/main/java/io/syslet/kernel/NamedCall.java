package io.syslet.kernel;

import io.syslet.ring.Memory;

/** A pending call that keeps by what it is known. Written by whoever makes it, read by any. */
public abstract class NamedCall implements PendingCall {
  private volatile long nr;
  private volatile long descriptors;
  private volatile long target;
  private volatile long callerData;

  /** Known by nothing yet. */
  protected NamedCall() {}

  /**
   * Lets it be known by another call.
   *
   * @param registers address of its registers.
   * @param to address of the ring or word that it completes to, or 0.
   * @param data its caller data.
   */
  protected final void name(long registers, long to, long data) {
    nr = Memory.getLong(registers);
    descriptors = CallDescriptors.of(registers);
    target = to;
    callerData = data;
  }

  @Override
  public final long nr() {
    return nr;
  }

  @Override
  public final long descriptors() {
    return descriptors;
  }

  @Override
  public final long target() {
    return target;
  }

  @Override
  public final long callerData() {
    return callerData;
  }
}
