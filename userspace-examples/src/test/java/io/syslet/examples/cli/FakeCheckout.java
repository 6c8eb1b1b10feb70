package io.syslet.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A checkout with the real launcher and the real {@code image.sh}, but one source, a Maven that
 * only copies it, and JDKs that only say how they were called.
 */
final class FakeCheckout {
  private static final Path HERE = Path.of("..");

  final Path root;
  final Path target;
  final Path source;
  private final Path temp;
  private final Path bin;
  private final Map<String, String> environment = new HashMap<>();

  /** What the script printed, both streams, and how it ended. */
  record Run(int status, String said) {}

  FakeCheckout(Path temp, String name) throws IOException {
    this.temp = temp.toRealPath();
    root = Files.createDirectories(this.temp.resolve(name));
    bin = Files.createDirectories(this.temp.resolve("bin"));
    target = root.resolve("userspace-examples/target");
    Path dist = Files.createDirectories(root.resolve("userspace-examples/src/main/dist"));
    source = Files.writeString(root.resolve("userspace-examples/src/main/Source.java"), "first");
    Files.createDirectories(root.resolve("bench/src/main"));
    Files.writeString(root.resolve("bench/pom.xml"), "");
    Files.writeString(root.resolve("bench/src/main/Bench.java"), "");
    Files.createDirectories(root.resolve("syslet-hadoop/src/main"));
    Files.writeString(root.resolve("syslet-hadoop/pom.xml"), "");
    Files.writeString(root.resolve("pom.xml"), "");
    Files.writeString(root.resolve("userspace-examples/pom.xml"), "");
    Files.copy(HERE.resolve("syslet"), root.resolve("syslet"));
    for (String file : List.of("image.sh", "jvm.options", "serve.options")) {
      Files.copy(Path.of("src/main/dist", file), dist.resolve(file));
    }
    environment.put("PATH", bin + ":/usr/bin:/bin");
    environment.put("JAVA_HOME", jdk("25", "25").toString());
    maven("");
  }

  /** The Maven of the checkout: builds, and counts how often; with a command in the middle. */
  void maven(String middle) throws IOException {
    script(
        bin.resolve("mvn"),
        """
        echo >>'%s'
        sh userspace-examples/src/main/dist/image.sh begin "$$" || exit
        mkdir -p userspace-examples/target/lib
        %s
        cp userspace-examples/src/main/Source.java userspace-examples/target/syslet.jar || exit
        sh userspace-examples/src/main/dist/image.sh end "$$"
        """
            .formatted(temp.resolve("builds"), middle));
  }

  /** How often it was built. */
  long builds() throws IOException {
    Path count = temp.resolve("builds");
    return Files.exists(count) ? Files.size(count) : 0;
  }

  /** The images that there are, complete ones and others. */
  List<Path> images() throws IOException {
    try (Stream<Path> images = Files.list(target.resolve("images"))) {
      return images.toList();
    }
  }

  private static void script(Path file, String lines) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + lines + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  /** Makes a JDK, which trains an AOT cache as well. */
  Path jdk(String name, String version) throws IOException {
    Path jdk = temp.resolve(name);
    Path java = Files.createDirectories(jdk.resolve("bin")).resolve("java");
    script(
        java,
        """
        for a; do case $a in
        -XX:AOTCacheOutput=*) [ ! -e '%s' ] && echo >>'%s' && echo >"${a#*=}"; exit ;;
        esac; done
        echo "%s"; printf '<%%s>\\n' "$@"; echo "runs $(cat "${JAR:-/dev/null}")"
        """
            .formatted(temp.resolve("disk-full"), temp.resolve("trainings"), name));
    Files.writeString(
        jdk.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + version + "\"\n");
    return jdk;
  }

  /** Lets training an AOT cache fail, or no longer. */
  void diskIsFull(boolean full) throws IOException {
    if (full) {
      Files.createFile(temp.resolve("disk-full"));
    } else {
      Files.delete(temp.resolve("disk-full"));
    }
  }

  FakeCheckout with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Run run(String... arguments) throws Exception {
    return run(root.resolve("syslet"), arguments);
  }

  Run run(Path script, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(arguments));
    return end(start(Path.of("/"), command));
  }

  Process start(Path folder, List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  static Run end(Process process) throws Exception {
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Run(process.exitValue(), said);
  }

  Path bin() {
    return bin;
  }
}
