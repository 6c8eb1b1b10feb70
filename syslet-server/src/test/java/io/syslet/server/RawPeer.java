package io.syslet.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.client.wire.FrameType;
import io.syslet.client.wire.Wire;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A stream to a server, by which a peer says what it likes; and frames to say. */
record RawPeer(Closeable socket, InputStream in, OutputStream out) implements AutoCloseable {
  static final int HELLO_LENGTH = 64;

  void say(ByteBuffer frame) throws IOException {
    byte[] bytes = new byte[frame.capacity()];
    frame.get(0, bytes);
    out.write(bytes);
    out.flush();
  }

  /** The next frame, header and all. */
  ByteBuffer next() throws IOException {
    byte[] header = in.readNBytes(Wire.HEADER_LENGTH);
    int length = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getInt();
    byte[] whole = Arrays.copyOf(header, length);
    assertThat(in.readNBytes(whole, header.length, length - header.length))
        .isEqualTo(length - header.length);
    return ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
  }

  static FrameType type(ByteBuffer frame) {
    for (FrameType each : FrameType.values()) {
      if (each.code() == frame.getShort(4)) {
        return each;
      }
    }
    throw new IllegalArgumentException("type " + frame.getShort(4));
  }

  /** The errno of the REFUSED that comes before the end; 0 if there is none. */
  int refusal() throws IOException {
    byte[] header = in.readNBytes(Wire.HEADER_LENGTH);
    if (header.length < Wire.HEADER_LENGTH) {
      return 0;
    }
    ByteBuffer frame = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(frame.getShort(4)).isEqualTo((short) FrameType.REFUSED.code());
    byte[] rest = in.readNBytes(frame.getInt(0) - Wire.HEADER_LENGTH);
    assertThat(in.read()).as("closed").isEqualTo(-1);
    return ByteBuffer.wrap(rest).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** A frame of that length, with nothing behind its header. */
  static ByteBuffer frame(int length, int type, int version) {
    ByteBuffer frame = ByteBuffer.allocate(Math.max(length, 8)).order(ByteOrder.LITTLE_ENDIAN);
    return frame.putInt(length).putShort((short) type).putShort((short) version);
  }

  /** What a remote client begins with. */
  static ByteBuffer hello() {
    return frame(HELLO_LENGTH, FrameType.HELLO.code(), Wire.VERSION)
        .putInt(Wire.MAGIC)
        .putShort((short) Wire.KIND_REMOTE)
        .putShort((short) 0);
  }
}
