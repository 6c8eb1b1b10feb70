package io.syslet.examples.cli;

import io.syslet.Nr;
import io.syslet.ring.HostCalls;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;

/** What standard output is. */
final class Terminal {
  private static final long TIOCGWINSZ = 0x5413;
  private static final int STDOUT = 1;

  /** Of what is no terminal: what is read by programs is not cut. */
  private static final int WIDE = 10_000;

  private final int rows;
  private final int columns;

  private Terminal(int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
  }

  /** As it is now; its size may change. */
  static Terminal now() {
    try (Arena arena = Arena.ofConfined()) {
      long size = arena.allocate(8, 8).address();
      boolean is = HostCalls.call(Nr.IOCTL, STDOUT, TIOCGWINSZ, size, 0, 0, 0) == 0;
      int rows = Memory.getUnsignedShort(size);
      int columns = Memory.getUnsignedShort(size + 2);
      return is ? new Terminal(or(rows, 24), or(columns, 80)) : new Terminal(0, WIDE);
    }
  }

  private static int or(int size, int unless) {
    return size == 0 ? unless : size;
  }

  /** Whether it is a terminal. */
  boolean isThere() {
    return rows > 0;
  }

  /** Lines on the screen, 0 if there is none. */
  int rows() {
    return rows;
  }

  /** Characters in a line. */
  int columns() {
    return columns;
  }
}
