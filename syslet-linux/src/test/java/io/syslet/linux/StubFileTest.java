package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.syslet.Calls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stub as a shared library: loaded by the JVM, and by a program in C. */
class StubFileTest {
  private static final String NAME = "Java_io_syslet_Some_stub";

  @TempDir private Path work = Path.of("");

  @Test
  void theJvmsNameOfANativeMethodHasTheClass() {
    assertThat(NativeCode.symbol("io.syslet.a_b.Native.stub"))
        .isEqualTo("Java_io_syslet_a_1b_Native_stub");
  }

  @Test
  void itIsLoadedAndNoFileIsLeft() throws Exception {
    assertThat(OtherJvm.run(Walker.class, "-Djava.io.tmpdir=" + work)).contains("linked\n0\n");
    assertThat(work).isEmptyDirectory();
  }

  @Test
  void withoutAFolderForItTheKernelWorksAsWell() throws Exception {
    assertThat(OtherJvm.run(Walker.class, "-Djava.io.tmpdir=/proc")).contains("mapped\n0\n");
  }

  @Test
  void aProgramInCMakesCallsByIt() throws Exception {
    assertThat(runInC(List.of(), "gcc", "x86_64")).isEmpty();
  }

  @Test
  void andOnAarch64() throws Exception {
    List<String> machine = List.of("qemu-aarch64", "-L", "/usr/aarch64-linux-gnu");
    assumeTrue(isThere("qemu-aarch64", "--version"), "no qemu-aarch64 here");
    assertThat(runInC(machine, "aarch64-linux-gnu-gcc", "aarch64")).isEmpty();
  }

  /** What the program in C says, which is nothing if all is right. */
  private String runInC(List<String> machine, String compiler, String of) throws Exception {
    assumeTrue(isThere(compiler, "--version"), "no " + compiler + " here");
    assumeTrue(
        !machine.isEmpty() || System.getProperty("os.arch", "").equals("amd64"), "another machine");
    Path program = work.resolve("stub_calls");
    Path library = work.resolve("stub.so");
    Files.write(library, StubFile.of(of, NAME));
    String built = run(List.of(compiler, "-o", program.toString(), "src/test/c/stub_calls.c"));
    assertThat(built).isEmpty();
    List<String> command = new ArrayList<>(machine);
    command.addAll(List.of(program.toString(), library.toString(), NAME));
    return run(command);
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    int status = process.waitFor();
    return status == 0 || !said.isEmpty() ? said : "ended with " + status;
  }

  private static boolean isThere(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Makes a call, and says how the stub was loaded. */
  static final class Walker {
    private Walker() {}

    public static void main(String[] arguments) throws Exception {
      System.out.println(Native.isLinked() ? "linked" : "mapped");
      Linux.run(
          kernel -> {
            try (Calls calls = Calls.of(kernel)) {
              System.out.println(calls.lstat(Path.of("/")).await());
            }
          });
    }
  }
}
