package io.syslet;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A C program that says what the system's own headers mean; the test is skipped without gcc. */
public final class CProgram {
  private final StringBuilder source = new StringBuilder("#define _GNU_SOURCE\n");
  private final List<String> options = new ArrayList<>();

  /** Includes a system header. */
  public CProgram include(String header) {
    source.append("#include <").append(header).append(">\n");
    return this;
  }

  /** Adds an option of the compiler. */
  public CProgram option(String option) {
    options.add(option);
    return this;
  }

  /** Adds a line. */
  public CProgram line(String text) {
    source.append(text).append('\n');
    return this;
  }

  /** Prints a number under a name. */
  public CProgram print(String name, String expression) {
    return line("printf(\"" + name + " %lld\\n\", (long long) (" + expression + "));");
  }

  /** Prints a macro's number under a name, if the headers have the macro. */
  public CProgram printIfDefined(String name, String macro) {
    return line("#ifdef " + macro).print(name, macro).line("#endif");
  }

  /** Begins main. */
  public CProgram begin() {
    return include("stdio.h").line("int main(void) {");
  }

  /** Ends main, compiles, runs. */
  public List<String> run() throws IOException, InterruptedException {
    assumeTrue(hasCompiler(), "no gcc: not compared with C");
    line("return 0; }");
    Path directory = Files.createTempDirectory("syslet-c");
    Path file = directory.resolve("probe.c");
    Path program = directory.resolve("probe");
    try {
      Files.writeString(file, source);
      List<String> gcc = new ArrayList<>(List.of("gcc", "-o", program.toString()));
      gcc.addAll(options);
      gcc.add(file.toString());
      execute(gcc);
      return execute(List.of(program.toString()));
    } finally {
      Files.deleteIfExists(program);
      Files.deleteIfExists(file);
      Files.delete(directory);
    }
  }

  /** Runs, and reads what {@link #print} printed. */
  public Map<String, Long> numbers() throws IOException, InterruptedException {
    Map<String, Long> numbers = new TreeMap<>();
    for (String line : run()) {
      int space = line.indexOf(' ');
      numbers.put(line.substring(0, space), Long.parseLong(line.substring(space + 1)));
    }
    return numbers;
  }

  private static boolean hasCompiler() throws InterruptedException {
    try {
      ProcessBuilder gcc = new ProcessBuilder("gcc", "--version").redirectErrorStream(true);
      return gcc.redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static List<String> execute(List<String> command)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(command + ": " + output);
    }
    return output.lines().toList();
  }
}
