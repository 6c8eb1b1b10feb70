package io.syslet.server.journal;

/**
 * How a {@link Journal} is kept. Immutable: each method returns a changed copy.
 *
 * @param durability page cache unless told otherwise.
 * @param cycleBytes of records that a file takes beside the state it begins with; 64 KiB to 1 GiB,
 *     16 MiB by default. The journal holds two or three files of that size, allocated beforehand.
 * @param keepFree bytes of the file system that the journal leaves to others; 0 by default.
 * @param maxSessions sessions held at a time; 4,096 by default.
 * @param maxCalls calls in flight and completions not acknowledged, of all sessions together;
 *     1,048,576 by default. It bounds the journal's memory, about 64 bytes each.
 */
public record JournalOptions(
    Durability durability, long cycleBytes, long keepFree, int maxSessions, int maxCalls) {
  private static final long MIN_CYCLE = 64 << 10;
  private static final long MAX_CYCLE = 1 << 30;
  private static final int MAX_CALLS = 1 << 24;

  /** The defaults. */
  public static JournalOptions defaults() {
    return new JournalOptions(Durability.PAGE_CACHE, 16 << 20, 0, 4096, 1 << 20);
  }

  /** Checks the ranges. */
  public JournalOptions {
    if (cycleBytes < MIN_CYCLE || cycleBytes > MAX_CYCLE) {
      throw new IllegalArgumentException("cycleBytes: " + cycleBytes);
    }
    if (keepFree < 0 || maxSessions < 1 || maxCalls < 1 || maxCalls > MAX_CALLS) {
      throw new IllegalArgumentException(
          "out of range: " + keepFree + " bytes, " + maxSessions + " sessions, " + maxCalls);
    }
  }

  /** With another durability. */
  public JournalOptions durability(Durability other) {
    return new JournalOptions(other, cycleBytes, keepFree, maxSessions, maxCalls);
  }

  /** With files of another size, bytes. */
  public JournalOptions cycleBytes(long bytes) {
    return new JournalOptions(durability, bytes, keepFree, maxSessions, maxCalls);
  }

  /** With other bytes left to others. */
  public JournalOptions keepFree(long bytes) {
    return new JournalOptions(durability, cycleBytes, bytes, maxSessions, maxCalls);
  }

  /** With another limit of sessions. */
  public JournalOptions maxSessions(int limit) {
    return new JournalOptions(durability, cycleBytes, keepFree, limit, maxCalls);
  }

  /** With another limit of calls and completions. */
  public JournalOptions maxCalls(int limit) {
    return new JournalOptions(durability, cycleBytes, keepFree, maxSessions, limit);
  }
}
