package io.syslet.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.syslet.client.wire.FrameReader;
import io.syslet.client.wire.MalformedFrameException;

/** A stream of any bytes is cut into frames of the lengths that they say, or refused once. */
class FrameDecoderFuzzTest {
  /**
   * Feeds a stream.
   *
   * @param data the first byte says how it is cut into pieces.
   */
  @FuzzTest(maxDuration = "1m")
  void frames(byte[] data) throws MalformedFrameException {
    if (data.length == 0) {
      return;
    }
    EmbeddedChannel channel = new EmbeddedChannel(new FrameDecoder());
    int refusals = 0;
    int piece = 1 + (data[0] & 0xff);
    for (int at = 1; at < data.length; at += piece) {
      refusals += feed(channel, data, at, Math.min(piece, data.length - at));
    }
    assertThat(refusals).isLessThanOrEqualTo(1);
    assertThat(cut(channel)).isLessThanOrEqualTo(data.length - 1);
    channel.finishAndReleaseAll();
  }

  private static int feed(EmbeddedChannel channel, byte[] data, int from, int length) {
    try {
      channel.writeInbound(Unpooled.copiedBuffer(data, from, length));
      return 0;
    } catch (DecoderException e) {
      assertThat(e).hasCauseInstanceOf(MalformedFrameException.class);
      return 1;
    }
  }

  private static int cut(EmbeddedChannel channel) throws MalformedFrameException {
    int sum = 0;
    for (ByteBuf frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
      assertThat(FrameReader.length(frame.memoryAddress())).isEqualTo(frame.readableBytes());
      sum += frame.readableBytes();
      frame.release();
    }
    return sum;
  }
}
