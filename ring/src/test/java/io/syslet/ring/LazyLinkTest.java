package io.syslet.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The in-process path links no foreign function: a small program's start depends on it. */
class LazyLinkTest {
  @Test
  void theInProcessPathLoadsNoLinker() throws Exception {
    Process process = Programs.java(LazyLinkMain.class, List.of("-Xlog:class+load:stdout"));
    String said = Programs.finish(process);
    assertThat(said).contains("io.syslet.ring.CompletionRing").contains("\n1\n");
    assertThat(said)
        .doesNotContain("io.syslet.ring.HostCalls")
        .doesNotContain("abi.AbstractLinker ");
  }
}
