package io.syslet.server.session;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A figure that one thread changes and any may read. */
final class Count {
  private static final VarHandle VALUE;

  static {
    try {
      VALUE = MethodHandles.lookup().findVarHandle(Count.class, "value", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private long value;

  /** The one writer's. */
  void add(long n) {
    VALUE.setOpaque(this, value + n);
  }

  /** The one writer's. */
  void set(long n) {
    VALUE.setOpaque(this, n);
  }

  /** Any thread. */
  long get() {
    return (long) VALUE.getOpaque(this);
  }
}
