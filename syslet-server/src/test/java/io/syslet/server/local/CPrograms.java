package io.syslet.server.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Programs with the client library in it, as processes. */
public final class CPrograms {
  /** Where the library's sources are. */
  static final Path SOURCES = Path.of("../syslet-client/src/main/c");

  /** Where the programs that test it are. */
  static final Path TESTS = Path.of("../syslet-client/src/test/c");

  private static final Path GCC = Path.of("/usr/bin/gcc");
  private static final Path MUSL = Path.of("/usr/bin/musl-gcc");
  private static final Path MAKE = Path.of("/usr/bin/make");
  private static final Path FLOCK = Path.of("/usr/bin/flock");

  private CPrograms() {}

  /** Skips the test where there is no compiler. */
  public static void needsCompiler() {
    Assumptions.assumeTrue(Files.isExecutable(GCC), "no gcc here");
    Assumptions.assumeTrue(Files.isExecutable(MAKE), "no make here");
    Assumptions.assumeTrue(Files.isExecutable(FLOCK), "no flock here");
  }

  /** Skips a test with the thread sanitizer, which takes ten times as long, but by -Plong. */
  static void needsTime(String sanitizer) {
    boolean may = Boolean.getBoolean("syslet.long") || !sanitizer.equals("thread");
    Assumptions.assumeTrue(may, "the thread sanitizer takes long: -Plong");
  }

  /** Makes the library and its programs in a folder; the test is skipped without a compiler. */
  static void make(Path folder, String... more) throws IOException, InterruptedException {
    needsCompiler();
    Path lock = Path.of("target", folder.getFileName() + ".lock");
    List<Object> command = new ArrayList<>(List.of(FLOCK, lock, MAKE, "-s", "-C", SOURCES));
    command.add("O=" + folder.toAbsolutePath());
    command.addAll(List.of(more));
    succeed(command.toArray());
  }

  /** The folder of the library and its programs, made of today's sources, for all tests. */
  public static Path library() throws IOException, InterruptedException {
    Path folder = Path.of("target", "client-library");
    make(folder);
    return folder.toAbsolutePath();
  }

  /** The same with a sanitizer, or without one if it is empty. */
  static Path library(String sanitizer) throws IOException, InterruptedException {
    if (sanitizer.isEmpty()) {
      return library();
    }
    Path folder = Path.of("target", "client-library-" + sanitizer.replace(',', '-'));
    make(folder, "SAN=" + sanitizer);
    return folder.toAbsolutePath();
  }

  /** A program of the tests and the library with musl, all static; skipped without musl-gcc. */
  static Path withMusl(String name) throws IOException, InterruptedException {
    needsCompiler();
    Assumptions.assumeTrue(Files.isExecutable(MUSL), "no musl-gcc here");
    String machine = run(GCC, "-print-multiarch").substring("0 ".length());
    String[] kernel = {"-idirafter", "/usr/include", "-idirafter", "/usr/include/" + machine};
    Path folder = Path.of("target", "client-library-musl").toAbsolutePath();
    make(folder, "CC=" + MUSL, "CFLAGS=-O2 -g " + String.join(" ", kernel));
    return program(MUSL, folder, name, "-static");
  }

  /** Compiles {@code walksize}; the test is skipped where there is no compiler. */
  static Path walksize() throws IOException, InterruptedException {
    return library().resolve("walksize");
  }

  /** Compiles a program of the tests with the static library, in the library's folder. */
  public static Path program(Path folder, String name, String... flags)
      throws IOException, InterruptedException {
    return program(GCC, folder, name, flags);
  }

  private static Path program(Path compiler, Path folder, String name, String... flags)
      throws IOException, InterruptedException {
    Path program = folder.resolve(name);
    List<Object> command = new ArrayList<>(List.of(compiler, "-std=c11", "-g", "-O1", "-pthread"));
    command.addAll(List.of("-Wall", "-Wextra", "-Werror", "-I" + SOURCES));
    command.addAll(List.of(flags));
    command.addAll(List.of("-o", program, TESTS.resolve(name + ".c")));
    command.add(folder.resolve("libsyslet.a"));
    succeed(command.toArray());
    return program;
  }

  /** Runs what must say nothing and end with 0. */
  static void succeed(Object... words) throws IOException, InterruptedException {
    String said = run(words);
    if (!said.equals("0 ")) {
      throw new AssertionError(said);
    }
  }

  static Process start(Object... words) throws IOException {
    List<String> command = new ArrayList<>();
    for (Object word : words) {
      command.add(word.toString());
    }
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** The exit status and what it said. */
  static String run(Object... words) throws IOException, InterruptedException {
    Process process = start(words);
    String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    return process.waitFor() + " " + said;
  }
}
