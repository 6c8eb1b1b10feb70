package io.syslet.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.syslet.client.wire.FrameReader;
import io.syslet.client.wire.MalformedFrameException;
import io.syslet.client.wire.Wire;
import java.util.List;

/**
 * Cuts the stream into frames, in memory with an address. A header is checked as soon as it is
 * there, so that nobody collects a megabyte of nonsense; how long the rest may take is the {@link
 * Conversation}'s business.
 */
final class FrameDecoder extends ByteToMessageDecoder {
  private final ByteBuf header = RemoteFrames.buffer(Wire.HEADER_LENGTH);
  private int length;
  private boolean failed;

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> frames)
      throws MalformedFrameException {
    if (failed) {
      in.skipBytes(in.readableBytes());
      return;
    }
    if (length == 0 && in.readableBytes() >= Wire.HEADER_LENGTH) {
      length = length(in);
    }
    if (length != 0 && in.readableBytes() >= length) {
      ByteBuf frame = RemoteFrames.buffer(length);
      in.readBytes(frame, length);
      length = 0;
      frames.add(frame);
    }
  }

  private int length(ByteBuf in) throws MalformedFrameException {
    in.getBytes(in.readerIndex(), header.clear(), Wire.HEADER_LENGTH);
    try {
      return FrameReader.length(header.memoryAddress());
    } catch (MalformedFrameException e) {
      failed = true;
      throw e;
    }
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext context) {
    header.release();
  }
}
