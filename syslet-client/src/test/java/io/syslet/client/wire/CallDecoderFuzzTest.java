package io.syslet.client.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.syslet.Registers;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A batch of any bytes is refused, or its calls lie in the blocks that they asked for, and their
 * answers in as many bytes as was said before.
 */
class CallDecoderFuzzTest {
  private static final int MOST = 1 << 16;
  private static final long GUARD = 0x7575_7575_7575_7575L;
  private static final long[] RESULTS = {0, 1, 4096, Long.MAX_VALUE};

  /**
   * Reads calls.
   *
   * @param data what follows the words of the batch in a SUBMIT.
   */
  @FuzzTest(maxDuration = "1m")
  void calls(byte[] data) {
    if (data.length > MOST) {
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      long frame = arena.allocate(32L + data.length, 8).address();
      FrameWriter out = new FrameWriter().wrap(frame, 32L + data.length);
      out.begin(FrameType.SUBMIT).putLong(1).putLong(0).putLong(0).putBytes(data).end();
      FrameReader in = new FrameReader().wrap(frame);
      in.skip(24);
      CallDecoder decoder = new CallDecoder();
      while (in.remaining() > 0) {
        decoder.read(in);
        check(decoder, arena);
      }
    } catch (MalformedFrameException e) {
      assertThat(e).hasMessageNotContaining("null");
    }
  }

  private static void check(CallDecoder decoder, Arena arena) {
    long room = decoder.room();
    assertThat(room).isBetween(0L, 6L * Wire.MAX_FRAME);
    assertThat(decoder.answer()).isBetween(8L, 6L * Wire.MAX_FRAME);
    if (decoder.answer() > Wire.MAX_FRAME) {
      return;
    }
    MemorySegment memory = arena.allocate(Registers.LENGTH + 8 + room + 8, 16);
    long block = memory.address();
    long registers = block + room;
    Memory.putLong(registers + Registers.LENGTH, GUARD);
    decoder.place(registers, block);
    assertThat(Memory.getLong(registers + Registers.LENGTH)).isEqualTo(GUARD);
    for (long result : RESULTS) {
      answer(decoder, registers, result, arena);
    }
  }

  private static void answer(CallDecoder decoder, long registers, long result, Arena arena) {
    long length = CallDecoder.answerLength(registers, result);
    assertThat(length).isBetween(0L, decoder.answer() - 8);
    FrameWriter out = new FrameWriter().wrap(arena.allocate(length + 8, 8).address(), length);
    CallDecoder.answer(out, registers, result);
    assertThat(out.length()).isEqualTo(length);
  }
}
