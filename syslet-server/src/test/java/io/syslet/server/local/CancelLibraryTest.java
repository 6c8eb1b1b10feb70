package io.syslet.server.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.server.Served;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A C program takes calls back, and gives them deadlines. Skipped where there is no gcc. */
class CancelLibraryTest {
  @TempDir Path folder;

  @Test
  void aProgramTakesCallsBack() throws Exception {
    Path program = CPrograms.program(CPrograms.library(), "cancel");
    try (Served served = Served.in(folder)) {
      assertThat(CPrograms.run(program, served.unix().path())).isEqualTo("0 as it should be");
    }
  }
}
