package io.syslet.server.journal;

import io.syslet.server.session.TokenHash;

/**
 * How a record lies in the file, little-endian:
 *
 * <pre>
 *   0         4         5      6        8           16
 *   | crc u32 | version | kind | length | sequence  | body, in words of 8 bytes
 *   |         | u8      | u8   | u16    | u64       |
 *
 *   CHECKPOINT       reason, run, file bytes, time ms, sessions, calls, completions, lost records
 *   OPENED           session, uid, gid, pid, SHA-256 of the token (4), kind and name: length
 *                    u16, length u16, UTF-8
 *   BEGAN            session, call, caller data, call number
 *   ENDED_INLINE     session, call, status
 *   COMPLETED        session, call, caller data, status, position
 *   ACKNOWLEDGED     session, position
 *   CLOSED           session
 *   HELD_FROM        session, position
 *   HELD_COMPLETIONS session, position, then caller data and status of each
 *   HELD_CALLS       session, then call, caller data and call number of each
 *   CHECKPOINT_END   -
 * </pre>
 *
 * The checksum is CRC-32C of all that follows it; the length is that of the whole. Records are
 * numbered without a gap, from one file to the next: that tells how many are missing.
 */
final class RecordLayout {
  /** Version of this layout. */
  static final byte VERSION = 2;

  /** Offset of the checksum. */
  static final int CRC = 0;

  /** Offset of the version. */
  static final int VERSION_AT = 4;

  /** Offset of the kind. */
  static final int KIND = 5;

  /** Offset of the length of the whole. */
  static final int LENGTH = 6;

  /** Offset of the sequence number. */
  static final int SEQUENCE = 8;

  /** Offset of the body. */
  static final int BODY = 16;

  /** Offset of the token's hash of OPENED. */
  static final int TOKEN = BODY + 4 * Long.BYTES;

  /** Offset of the two lengths of OPENED, before the text. */
  static final int TEXT_LENGTHS = TOKEN + TokenHash.LENGTH;

  /** Bytes of UTF-8 that a peer's kind and name may have together. */
  static final int MAX_TEXT = 2048;

  /** Completions that a record of a checkpoint holds at most. */
  static final int COMPLETIONS_PER_RECORD = 128;

  /** Calls that a record of a checkpoint holds at most. */
  static final int CALLS_PER_RECORD = 128;

  /** Length of a record with so many words of body. */
  static int length(int words) {
    return BODY + words * Long.BYTES;
  }

  private RecordLayout() {}
}
