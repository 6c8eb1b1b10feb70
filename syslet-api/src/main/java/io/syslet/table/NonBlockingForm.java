package io.syslet.table;

import io.syslet.Sys;

/**
 * How a call can be made so that it answers −EAGAIN rather than sleep. None is perfect: even a read
 * with RWF_NOWAIT can wait for a lock for a moment.
 */
public enum NonBlockingForm {
  /** There is none. */
  NONE,
  /** As it is: it {@linkplain Trait#NEVER_SLEEPS never sleeps}. */
  AS_IS,
  /** As {@code preadv2} with {@link Sys#RWF_NOWAIT}. */
  PREADV2,
  /** As {@code pwritev2} with {@link Sys#RWF_NOWAIT}. */
  PWRITEV2,
  /** As {@code openat2} with {@link Sys#RESOLVE_CACHED}. */
  OPENAT2,
  /** With {@link CallEntry#nonBlockingBits} set in {@link CallEntry#nonBlockingArgument}. */
  FLAG,
  /** As it is, if the descriptor that is its first argument has {@link Sys#O_NONBLOCK}. */
  DESCRIPTOR
}
