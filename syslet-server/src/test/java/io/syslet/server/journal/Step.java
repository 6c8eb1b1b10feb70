package io.syslet.server.journal;

import io.syslet.server.session.Peer;
import io.syslet.server.session.TokenHash;
import java.nio.ByteBuffer;
import java.util.Scanner;

/**
 * Something that is written into a journal.
 *
 * @param kind of its record.
 * @param session it is about.
 * @param number the call, or the position that is acknowledged.
 * @param value caller data of a call that begins, status of one that ends.
 */
record Step(RecordKind kind, long session, long number, long value) {
  /** Writes it: what the writer answers. */
  int write(Writer writer) {
    return switch (kind) {
      case OPENED -> writer.opened(session, token(session), peer(session));
      case BEGAN -> writer.began(session, number, value, 0);
      case ENDED_INLINE -> writer.endedInline(session, number, value);
      case COMPLETED -> writer.completed(session, number, value);
      case ACKNOWLEDGED -> writer.acknowledged(session, number);
      case CLOSED -> writer.closed(session);
      default -> throw new IllegalStateException("not written: " + kind);
    };
  }

  /** This as a line. */
  String text() {
    return kind + " " + session + " " + number + " " + value;
  }

  /** The step of a line. */
  static Step parse(String text) {
    Scanner words = new Scanner(text);
    return new Step(
        RecordKind.valueOf(words.next()), words.nextLong(), words.nextLong(), words.nextLong());
  }

  /** A token of each session's own. */
  static TokenHash token(long session) {
    return TokenHash.of(ByteBuffer.allocate(Long.BYTES).putLong(session).array());
  }

  /** A peer of each session's own. */
  static Peer peer(long session) {
    return session % 2 == 0 ? Peer.unix(session, 100, 1) : Peer.tls("CN=" + session);
  }
}
