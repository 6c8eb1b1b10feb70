package io.syslet.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Runs a command to which the kernel refuses a call, by a filter of seccomp(2). */
final class Refuse {
  private static final int CANNOT = 9;

  private final Path program;

  private Refuse(Path program) {
    this.program = program;
  }

  /** Compiles the C program that does it into a folder; skips the test where that is impossible. */
  static Refuse in(Path tools) throws Exception {
    Path program = tools.resolve("refuse");
    if (!Files.exists(program)) {
      Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/gcc")), "no gcc");
      int built = status("gcc", "-o", program.toString(), "src/test/c/refuse.c");
      assertThat(built).isZero();
    }
    int tried = status(program.toString(), "1", "-1", "/bin/true");
    Assumptions.assumeTrue(tried != CANNOT, "no seccomp filter here");
    return new Refuse(program);
  }

  private static int status(String... line) throws Exception {
    return new ProcessBuilder(line).inheritIO().start().waitFor();
  }

  /**
   * What comes before a command.
   *
   * @param call its number, or {@code NUMBER:ARGUMENT=VALUE} where one argument has that value.
   */
  String[] line(int errno, String call) {
    return new String[] {program.toString(), "" + errno, call};
  }

  /** The syslet command without that call. */
  SysletProcess process(int errno, String call) {
    return SysletProcess.by(line(errno, call));
  }
}
