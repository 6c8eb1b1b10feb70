package io.syslet.ring;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Linux futexes, never private: the words are shared by processes.
 *
 * <p>Source: futex(2), and {@code futex_waitv} of Linux 5.16.
 */
public final class Futex {
  /** Words that {@link #waitAny} can look at together, FUTEX_WAITV_MAX. */
  static final int MAX_WORDS = 128;

  private static final boolean ARM = "aarch64".equals(System.getProperty("os.arch"));
  private static final long SYS_FUTEX = ARM ? 98 : 202;
  private static final long SYS_FUTEX_WAITV = 449;
  private static final int FUTEX_WAKE = 1;
  private static final int FUTEX_WAKE_OP = 5;
  private static final int ADD_NOTHING = 1 << 28;
  private static final int FUTEX_WAIT_BITSET = 9;
  private static final int ANY_BIT = -1;
  private static final int FUTEX_32 = 2;
  private static final int CLOCK_MONOTONIC = 1;
  private static final int WAITV_LENGTH = 24;

  private final MemorySegment vector =
      Arena.ofAuto().allocate((long) WAITV_LENGTH * MAX_WORDS + 16, 8);
  private final long base = vector.address();
  private final long timeout = base + (long) WAITV_LENGTH * MAX_WORDS;
  private final MemorySegment errno = Arena.ofAuto().allocate(ValueLayout.JAVA_INT);
  private int words;

  /** A vector of words. */
  Futex() {}

  /**
   * FUTEX_WAKE of everybody who sleeps on the 32-bit word at {@code address}, in whatever process.
   * Any thread.
   */
  public static void wakeAll(long address) {
    HostCalls.send(SYS_FUTEX, address, FUTEX_WAKE, Integer.MAX_VALUE, 0, 0, 0);
  }

  /**
   * FUTEX_WAIT: sleeps while the 32-bit word at {@code address} is {@code expected}; may end
   * without a reason, so the caller looks again. Holds its thread.
   *
   * @param deadlineNanos of {@link System#nanoTime()}, or {@link Long#MAX_VALUE} for none
   */
  public static void await(long address, int expected, long deadlineNanos) {
    if (deadlineNanos == Long.MAX_VALUE) {
      wait(address, expected, 0);
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment time = arena.allocate(16, 8);
      time.set(ValueLayout.JAVA_LONG, 0, deadlineNanos / 1_000_000_000);
      time.set(ValueLayout.JAVA_LONG, 8, deadlineNanos % 1_000_000_000);
      wait(address, expected, time.address());
    }
  }

  private static void wait(long address, int expected, long time) {
    HostCalls.send(SYS_FUTEX, address, FUTEX_WAIT_BITSET, expected, time, 0, ANY_BIT);
  }

  /**
   * Whether the aligned 32-bit word at {@code address} can be read and written, as the kernel finds
   * it: FUTEX_WAKE_OP adds 0 to it, atomically, and wakes nobody. A host without futexes cannot be
   * asked: there it is believed.
   */
  static boolean isWritable(long address) {
    return !HostCalls.areThere()
        || HostCalls.call(SYS_FUTEX, address, FUTEX_WAKE_OP, 0, 0, address, ADD_NOTHING) >= 0;
  }

  void clear() {
    words = 0;
  }

  /** Adds a word to look at; beyond {@link #MAX_WORDS} it is not looked at before the time-out. */
  void add(long address, int expected) {
    if (words < MAX_WORDS) {
      long at = base + (long) WAITV_LENGTH * words++;
      Memory.putLong(at, Integer.toUnsignedLong(expected));
      Memory.putLong(at + 8, address);
      Memory.putLong(at + 16, FUTEX_32);
    }
  }

  /**
   * Sleeps until a word differs from what was expected or is woken, or until the deadline; returns
   * whether a wake-up ended it.
   */
  boolean waitAny(long deadlineNanos) {
    Memory.putLong(timeout, deadlineNanos / 1_000_000_000);
    Memory.putLong(timeout + 8, deadlineNanos % 1_000_000_000);
    return 0 <= HostCalls.call(errno, SYS_FUTEX_WAITV, base, words, 0, timeout, CLOCK_MONOTONIC, 0);
  }
}
