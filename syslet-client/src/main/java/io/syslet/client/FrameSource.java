package io.syslet.client;

import io.syslet.client.wire.FrameReader;
import io.syslet.client.wire.MalformedFrameException;
import io.syslet.client.wire.Wire;
import io.syslet.ring.Memory;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The frames that come over a connection, one at a time. One thread. */
final class FrameSource {
  private final Connection connection;
  private final FrameReader reader = new FrameReader();
  private final int capacity;
  private final MemorySegment memory;
  private final long buffer;
  private int from;
  private int to;

  /**
   * @param arena owns the buffer, which an automatic one keeps as long as this is there.
   * @param capacity of it: more than the longest frame that may come.
   */
  FrameSource(Connection connection, Arena arena, int capacity) {
    this.connection = connection;
    this.capacity = capacity;
    this.memory = arena.allocate(capacity, Long.BYTES);
    this.buffer = memory.address();
  }

  private FrameSource(Connection connection, FrameSource of) {
    this.connection = connection;
    this.capacity = of.capacity;
    this.memory = of.memory;
    this.buffer = of.buffer;
  }

  /** The same memory for another connection; this one is not read any more. */
  FrameSource reuse(Connection another) {
    return new FrameSource(another, this);
  }

  /** The next frame; valid until the next call. */
  FrameReader next() throws IOException, MalformedFrameException {
    need(Wire.HEADER_LENGTH);
    int length = FrameReader.length(buffer + from);
    if (length > capacity - Wire.HEADER_LENGTH) {
      throw new MalformedFrameException("a frame of " + length + " bytes, of which none is due");
    }
    need(length);
    FrameReader frame = reader.wrap(buffer + from);
    from += length;
    return frame;
  }

  /** Whether bytes are here that belong to the next frame. */
  boolean hasMore() {
    return from != to;
  }

  private void need(int bytes) throws IOException {
    if (to - from < bytes && from + bytes > capacity - Wire.HEADER_LENGTH) {
      Memory.copy(buffer + from, buffer, to - from);
      to -= from;
      from = 0;
    }
    while (to - from < bytes) {
      if (from == to) {
        from = 0;
        to = 0;
      }
      int received = connection.receive(buffer + to, capacity - to);
      if (received <= 0) {
        throw new EOFException("the server closed the connection");
      }
      to += received;
    }
  }
}
