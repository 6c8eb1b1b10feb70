package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Errno;
import io.syslet.ring.CompletionRing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program that dies by SIGKILL after calls to a shared ring that did not sleep. */
class DyingCallerTest {
  private static final int ELEMENTS = 8;
  private final List<Long> ended = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Timeout(60)
  void onlyWhatWasPendingIsCompleted(boolean pending, @TempDir Path work) throws Exception {
    Path file = work.resolve("ring");
    try (CompletionRing ring = CompletionRing.create(file, ELEMENTS, 3)) {
      Process program = OtherJvm.start(DyingCaller.class, "", file.toString(), "" + pending);
      try {
        assertThat(program.inputReader().readLine()).isEqualTo("ready");
      } finally {
        assertThat(program.destroyForcibly().waitFor()).isEqualTo(137);
      }
      assertThat(ring.recover()).isEqualTo(pending ? 1 : 0);
      assertThat(ring.drain(this::note, ELEMENTS)).isNotNegative();
      assertThat(ended).isEqualTo(pending ? List.of(77L) : List.of());
      for (int i = 0; i < ELEMENTS; i++) {
        assertThat(ring.producer().reserve()).as("slot %d of all", i).isNotNegative();
      }
    }
  }

  private void note(long status, long callerData) {
    assertThat(status).isEqualTo(-Errno.EOWNERDEAD);
    ended.add(callerData);
  }
}
