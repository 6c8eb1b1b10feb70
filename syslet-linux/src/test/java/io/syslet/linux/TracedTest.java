package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.syslet.Nr;
import io.syslet.kernel.contract.Rig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tracer stops a thread at its call for long, which has not blocked. Needs strace. */
class TracedTest {
  private static final int CALLS = 50;

  /** The traced program: calls that do not block, none of which may be handed over. */
  static final class Traced {
    private Traced() {}

    public static void main(String[] arguments) throws Exception {
      try (LinuxKernel kernel = LinuxKernel.boot(Linux.options())) {
        kernel.run(
            k -> {
              Rig rig = new Rig(k);
              for (int i = 0; i < CALLS; i++) {
                long _ = rig.call(i, Nr.LSEEK, rig.in, 0, 0);
              }
            });
        System.out.println("pending " + kernel.stats().pending());
      }
    }
  }

  @Test
  void whatATracerStopsIsNotHandedOver(@TempDir Path work) throws Exception {
    assumeTrue(isThere(), "no strace here");
    List<String> command = new ArrayList<>(List.of("strace", "-f", "-e", "trace=lseek"));
    command.addAll(List.of("-e", "inject=lseek:delay_enter=20000", "-o"));
    command.add(work.resolve("trace").toString());
    command.addAll(OtherJvm.command(Traced.class, "-Xint"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assumeTrue(!printed.contains("ptrace"), "no tracer may attach here: " + printed);
    assertThat(process.waitFor()).as(printed).isZero();
    assertThat(printed).contains("pending 0");
  }

  private static boolean isThere() throws InterruptedException {
    try {
      return new ProcessBuilder("strace", "-V").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
