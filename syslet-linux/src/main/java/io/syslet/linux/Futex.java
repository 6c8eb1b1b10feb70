package io.syslet.linux;

import io.syslet.Nr;

/** futex(2) on words of this process. */
final class Futex {
  private static final long FUTEX_WAKE_PRIVATE = 129;

  private Futex() {}

  /** Wakes one waiter of the word at {@code address}. */
  static void wake(long address) {
    Native.syscall(Nr.FUTEX, address, FUTEX_WAKE_PRIVATE, 1, 0, 0, 0);
  }
}
