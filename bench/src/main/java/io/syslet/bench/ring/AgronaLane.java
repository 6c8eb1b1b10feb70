package io.syslet.bench.ring;

import java.nio.ByteBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RecordDescriptor;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/** Agrona's byte ring, by its fastest way: a record is claimed, filled in place and committed. */
final class AgronaLane implements Lane {
  private static final int MESSAGE = 16;
  private static final int RECORD = RecordDescriptor.HEADER_LENGTH + 2 * Long.BYTES;

  private final ManyToOneRingBuffer ring;
  private final MessageHandler handler = this::onMessage;
  private long sum;

  AgronaLane(int capacity) {
    int bytes = Integer.highestOneBit(capacity * RECORD - 1) << 1;
    ring =
        new ManyToOneRingBuffer(
            new UnsafeBuffer(
                ByteBuffer.allocateDirect(bytes + RingBufferDescriptor.TRAILER_LENGTH)));
  }

  @Override
  public Sender sender() {
    return this::send;
  }

  private boolean send(long status, long callerData) {
    int index = ring.tryClaim(1, MESSAGE);
    if (index < 0) {
      return false;
    }
    ring.buffer().putLong(index, status);
    ring.buffer().putLong(index + Long.BYTES, callerData);
    ring.commit(index);
    return true;
  }

  private void onMessage(int type, MutableDirectBuffer buffer, int index, int length) {
    sum += buffer.getLong(index) + buffer.getLong(index + Long.BYTES);
  }

  @Override
  public int receive(int limit) {
    return ring.read(handler, limit);
  }

  @Override
  public long sum() {
    return sum;
  }
}
