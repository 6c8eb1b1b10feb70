package io.syslet.server.journal;

import org.jspecify.annotations.Nullable;

/** What a record says. The code is what stands in the file, and never changes. */
enum RecordKind {
  /** A file begins: what follows, up to the end, makes the state from nothing. */
  CHECKPOINT(1),
  /** A session began. */
  OPENED(2),
  /** A call that has effects is about to start, or one has blocked. */
  BEGAN(3),
  /** A call ended without blocking; it has no completion. */
  ENDED_INLINE(4),
  /** A call ended; its completion has the session's next position. */
  COMPLETED(5),
  /** The client has consumed all completions before a position. */
  ACKNOWLEDGED(6),
  /** A session is over. */
  CLOSED(7),
  /** In a checkpoint: the position from which on a session's completions are held. */
  HELD_FROM(8),
  /** In a checkpoint: some of a session's completions, in order. */
  HELD_COMPLETIONS(9),
  /** In a checkpoint: some of a session's calls in flight, in the order in which they began. */
  HELD_CALLS(10),
  /** The checkpoint is whole. */
  CHECKPOINT_END(11);

  private static final RecordKind[] KINDS = values();

  private final byte code;

  RecordKind(int code) {
    this.code = (byte) code;
  }

  /** What stands in the file. */
  byte code() {
    return code;
  }

  /** Whether a checkpoint is made of such records, which may also be found elsewhere. */
  boolean isOfCheckpoint() {
    return switch (this) {
      case BEGAN, ENDED_INLINE, ACKNOWLEDGED, CLOSED -> false;
      default -> true;
    };
  }

  /** The kind of a code, or null. */
  static @Nullable RecordKind of(int code) {
    return code >= 1 && code <= KINDS.length ? KINDS[code - 1] : null;
  }
}
