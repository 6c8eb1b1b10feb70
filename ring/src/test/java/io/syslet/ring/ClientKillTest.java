package io.syslet.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A client in another process that is killed while it waits, or while it scribbles: the server goes
 * on posting until the ring is full, which it then says.
 */
class ClientKillTest {
  private static final int ELEMENTS = 64;
  private static final int BEFORE = 100_000;

  @ParameterizedTest
  @ValueSource(strings = {"wait", "scribble"})
  @Timeout(60)
  void theServerGoesOn(String what) throws Exception {
    try (SharedMemory memory = SharedMemory.create("killed", ServiceRing.sizeOf(ELEMENTS))) {
      ServiceRing ring = ServiceRing.serve(memory.segment(), ELEMENTS, 0, 0);
      Path path = Path.of("/proc/" + ProcessHandle.current().pid() + "/fd/" + memory.fd());
      Process client = Programs.java(ClientMain.class, List.of(), path, what, 1);
      try {
        assertThat(client.inputReader().readLine()).isEqualTo("ready");
        post(ring, BEFORE);
        assertThat(ring.consumed()).isPositive();
      } finally {
        client.destroyForcibly().waitFor();
      }
      fill(ring);
      assertThat(ring.posted() - ring.consumed()).isEqualTo(ELEMENTS);
    }
  }

  /** A live client lets many of them through. */
  private static void post(ServiceRing ring, int times) {
    for (int i = 0; i < times || ring.consumed() == 0; i++) {
      if (ring.post(0, i) == 0) {
        ring.publish();
      }
    }
  }

  /** Nobody moves the tail any more. */
  private static void fill(ServiceRing ring) {
    for (int i = 0; i < ELEMENTS && ring.post(0, 0) == 0; i++) {
      ring.publish();
    }
    assertThat(ring.post(0, 0)).isEqualTo(-RingErrno.EAGAIN);
  }
}
