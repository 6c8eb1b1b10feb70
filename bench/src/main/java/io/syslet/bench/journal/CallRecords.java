package io.syslet.bench.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Records as long as the journal's, with a checksum as it has one. */
final class CallRecords {
  private static final int BEGAN = 48;
  private static final int ENDED = 56;

  private final ByteBuffer record = ByteBuffer.allocateDirect(ENDED);
  private final CRC32C crc = new CRC32C();

  /** A call begins: the record, until the next one. */
  ByteBuffer began(long call) {
    return make(call, BEGAN);
  }

  /** A call has ended: the record, until the next one. */
  ByteBuffer ended(long call) {
    return make(call, ENDED);
  }

  private ByteBuffer make(long call, int length) {
    record.clear().limit(length);
    for (int at = Long.BYTES; at < length; at += Long.BYTES) {
      record.putLong(at, call + at);
    }
    crc.reset();
    crc.update(record.position(Long.BYTES));
    return record.putLong(0, crc.getValue()).rewind();
  }
}
