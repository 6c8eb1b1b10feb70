package io.syslet.client.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** HELLO, WELCOME and REFUSED of any bytes are refused, or say what was written. */
class GreetingFuzzTest {
  /**
   * Reads a frame.
   *
   * @param data the frame, whole.
   */
  @FuzzTest(maxDuration = "1m")
  void greeting(byte[] data) {
    if (data.length < Wire.HEADER_LENGTH || data.length > 1024) {
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment frame = arena.allocate(data.length, 8).copyFrom(MemorySegment.ofArray(data));
      if (FrameReader.length(frame.address()) == data.length) {
        MemorySegment again = arena.allocate(1024, 8);
        FrameWriter out = new FrameWriter().wrap(again.address(), again.byteSize());
        read(new FrameReader().wrap(frame.address()), out);
        compare(data, again, out);
      }
    } catch (MalformedFrameException e) {
      assertThat(e).hasMessageNotContaining("null");
    }
  }

  private static void read(FrameReader in, FrameWriter out) throws MalformedFrameException {
    switch (in.type()) {
      case HELLO -> Hello.read(in).write(out);
      case WELCOME -> Welcome.read(in).write(out);
      case REFUSED -> assertThat(Refused.read(in).errno()).isBetween(1, 4095);
      default -> {}
    }
  }

  private static void compare(byte[] data, MemorySegment again, FrameWriter out)
      throws MalformedFrameException {
    boolean isHello = out.length() > 0 && data[4] == FrameType.HELLO.code();
    if (isHello && data[14] != 0) {
      byte[] written = again.asSlice(0, out.length()).toArray(ValueLayout.JAVA_BYTE);
      assertThat(written).isEqualTo(data);
    }
    if (out.length() > 0) {
      assertThat(FrameReader.length(again.address())).isEqualTo(data.length);
    }
  }
}
