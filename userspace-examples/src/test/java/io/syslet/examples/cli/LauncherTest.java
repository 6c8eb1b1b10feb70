package io.syslet.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The launcher script, in a project made up for it, with JDKs that only say how they were called.
 */
class LauncherTest {
  private static final Path SCRIPT = Path.of("..", "syslet");

  @TempDir Path temp = Path.of("");
  private Path project = Path.of("");
  private Path jar = Path.of("");

  /** What the script printed, both streams, and how it ended. */
  private record Run(int status, String said) {}

  @BeforeEach
  void makeProject() throws IOException {
    project = temp.resolve("a project");
    jar = project.resolve("userspace-examples/target/syslet.jar");
    Files.createDirectories(project.resolve("userspace-examples/target/lib"));
    Path sources = Files.createDirectories(project.resolve("userspace-examples/src/main"));
    Files.writeString(sources.resolve("Source.java"), "");
    Files.writeString(project.resolve("pom.xml"), "");
    Files.copy(SCRIPT, project.resolve("syslet"));
    setTime(sources.resolve("Source.java"), -100);
    setTime(sources, -100);
    setTime(project.resolve("pom.xml"), -100);
    Files.writeString(jar, "");
  }

  private static void setTime(Path file, long seconds) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(seconds)));
  }

  private static void script(Path file, String line) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + line + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private Path jdk(String name, String version) throws IOException {
    Path jdk = temp.resolve(name);
    Path java = Files.createDirectories(jdk.resolve("bin")).resolve("java");
    script(java, "echo \"" + name + "\"; printf '<%s>\\n' \"$@\"");
    Files.writeString(
        jdk.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + version + "\"\n");
    return jdk;
  }

  private Run run(Path script, Map<String, String> environment, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(Path.of("/").toFile());
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().putAll(environment);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return new Run(process.exitValue(), said);
  }

  @Test
  void passesArgumentsOnFromAnyPlaceAndThroughASymbolicLink() throws Exception {
    Path link = Files.createSymbolicLink(temp.resolve("link"), project.resolve("syslet"));
    Map<String, String> environment =
        Map.of("SYSLET_JAVA_HOME", jdk("jdk 25", "25.0.3").toString());
    for (Path script : List.of(link, project.resolve("syslet"))) {
      Run run = run(script, environment, "walk", "a b", "");
      assertThat(run.status).isZero();
      assertThat(run.said).startsWith("jdk 25\n").endsWith("<walk>\n<a b>\n<>\n");
      assertThat(run.said).contains("<-jar>\n<" + jar.toRealPath() + ">").doesNotContain("AOT");
    }
  }

  @Test
  void usesTheAotCacheThatIsThere() throws Exception {
    Path cache = Files.writeString(jar.resolveSibling("syslet.aot"), "");
    Run run = run(project.resolve("syslet"), Map.of("JAVA_HOME", jdk("25", "25").toString()));
    assertThat(run.said).contains("<-XX:AOTCache=" + cache.toRealPath() + ">");
  }

  @ParameterizedTest
  @ValueSource(strings = {"25", "25.0.3", "26-ea", "30.1"})
  void takesLaterVersions(String version) throws Exception {
    Map<String, String> environment =
        Map.of("JAVA_HOME", jdk("mine", version).toString(), "HOME", temp.toString());
    assertThat(run(project.resolve("syslet"), environment).said).startsWith("mine\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"24.0.1", "17", "1.8.0_402", "x", ""})
  void refusesOlderOnesThatItWasToldToUse(String version) throws Exception {
    Map<String, String> environment = Map.of("SYSLET_JAVA_HOME", jdk("old", version).toString());
    Run run = run(project.resolve("syslet"), environment);
    assertThat(run.status).isEqualTo(78);
    assertThat(run.said).startsWith("syslet: SYSLET_JAVA_HOME is no JDK of version 25");
  }

  @Test
  void findsTheOneOnThePathThroughItsLink() throws Exception {
    Path bin = Files.createDirectories(temp.resolve("bin"));
    Files.createSymbolicLink(bin.resolve("java"), jdk("linked", "25.0.1").resolve("bin/java"));
    Map<String, String> environment =
        Map.of("JAVA_HOME", jdk("old", "17.0.1").toString(), "PATH", bin + ":/usr/bin:/bin");
    assertThat(run(project.resolve("syslet"), environment).said).startsWith("linked\n");
  }

  @Test
  void saysThatMavenIsMissingWhenASourceIsNewer() throws Exception {
    setTime(project.resolve("userspace-examples/src/main/Source.java"), 100);
    Path bin = Files.createDirectories(temp.resolve("bin"));
    for (String tool : List.of("sh", "find", "readlink")) {
      script(bin.resolve(tool), "exec /usr/bin/" + tool + " \"$@\"");
    }
    Map<String, String> environment =
        Map.of("JAVA_HOME", jdk("25", "25").toString(), "PATH", bin.toString());
    Run run = run(project.resolve("syslet"), environment);
    assertThat(run.said).contains("needs Maven to build");
    assertThat(run.status).isEqualTo(78);
  }

  @Test
  void buildsWhatIsMissingWithALineThatSaysSo() throws Exception {
    Files.delete(jar);
    Path bin = Files.createDirectories(temp.resolve("bin"));
    script(bin.resolve("mvn"), "touch '" + jar + "'");
    Map<String, String> environment =
        Map.of("JAVA_HOME", jdk("25", "25").toString(), "PATH", bin + ":/usr/bin:/bin");
    Run run = run(project.resolve("syslet"), environment);
    assertThat(run.said).startsWith("syslet: building").contains("<-jar>").hasLineCount(5);
    assertThat(run.status).isZero();
  }

  @Test
  void showsWhyABuildFailed() throws Exception {
    Files.delete(jar);
    Path bin = Files.createDirectories(temp.resolve("bin"));
    script(bin.resolve("mvn"), "echo because; exit 1");
    Map<String, String> environment =
        Map.of("JAVA_HOME", jdk("25", "25").toString(), "PATH", bin + ":/usr/bin:/bin");
    Run run = run(project.resolve("syslet"), environment);
    assertThat(run.said).contains("because\n", "syslet: the build failed");
    assertThat(run.status).isEqualTo(78);
  }
}
