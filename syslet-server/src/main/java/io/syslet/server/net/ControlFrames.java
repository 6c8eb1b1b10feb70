package io.syslet.server.net;

import io.netty.buffer.ByteBuf;
import io.syslet.Errno;
import io.syslet.client.wire.FrameType;
import io.syslet.client.wire.FrameWriter;
import io.syslet.client.wire.Refused;
import io.syslet.client.wire.Welcome;
import io.syslet.client.wire.Wire;

/** Makes the frames of a connection that carry no calls. One thread. */
final class ControlFrames {
  private final FrameWriter writer = new FrameWriter();

  ByteBuf pong(long cookie) {
    ByteBuf frame = begin(Wire.HEADER_LENGTH + Long.BYTES);
    writer.begin(FrameType.PONG).putLong(cookie).end();
    return end(frame);
  }

  ByteBuf welcome(Welcome welcome) {
    ByteBuf frame = begin(Wire.HEADER_LENGTH + Welcome.LENGTH);
    welcome.write(writer);
    return end(frame);
  }

  ByteBuf refused(int errno, String why) {
    ByteBuf frame = begin(Wire.HEADER_LENGTH + Integer.BYTES + Refused.MAX_TEXT);
    new Refused(errno, why).write(writer);
    return end(frame);
  }

  private ByteBuf begin(int length) {
    ByteBuf frame = RemoteFrames.buffer(length);
    writer.wrap(frame.memoryAddress(), length);
    return frame;
  }

  private ByteBuf end(ByteBuf frame) {
    return frame.writerIndex((int) writer.length());
  }

  /** Says why a session was not opened. */
  static String reason(int errno) {
    return switch (errno) {
      case Errno.EMFILE -> "too many sessions";
      case Errno.ESTALE -> "no session has that token";
      case Errno.EPERM -> "the session is another peer's";
      case Errno.ERANGE -> "the session has not that many completions";
      case Errno.ENOSPC -> "the journal is full";
      case Errno.ENOMEM -> "no memory for another session";
      case Errno.EIO -> "the journal cannot be written";
      case Errno.ESHUTDOWN -> "the server is stopping";
      default -> Errno.text(errno);
    };
  }
}
