package io.syslet.bench.journal;

import java.nio.ByteBuffer;

/** Copies the records into memory, over and over the same: what any journal must do at least. */
final class MemoryLane implements RecordLane {
  private static final int SIZE = 16 << 20;

  private final ByteBuffer memory = ByteBuffer.allocateDirect(SIZE);
  private final CallRecords records = new CallRecords();

  @Override
  public void call(long call) {
    put(records.began(call));
    put(records.ended(call));
  }

  private void put(ByteBuffer record) {
    if (memory.remaining() < record.remaining()) {
      memory.clear();
    }
    memory.put(record);
  }

  @Override
  public void sync() {}

  @Override
  public void close() {}
}
