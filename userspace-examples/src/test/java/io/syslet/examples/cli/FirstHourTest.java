package io.syslet.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Kernel;
import io.syslet.kernel.VirtualThreads;
import io.syslet.linux.LinuxKernel;
import io.syslet.ring.CompletionRing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new user's first hour: what the README says, word by word, in an empty folder. */
class FirstHourTest {
  private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
  private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java") + "";

  @TempDir Path folder = Path.of("");
  private Readme readme;

  /** What a process printed, both streams, and how it ended. */
  private record Run(int status, String said) {}

  @BeforeEach
  void readTheReadme() throws IOException {
    readme = Readme.read();
  }

  private static Run run(Path in, List<String> command) throws Exception {
    Process process =
        new ProcessBuilder(command).directory(in.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(20, TimeUnit.MINUTES)).isTrue();
    return new Run(process.exitValue(), said);
  }

  /** Where the classes of the libraries are: jars, or folders before they are packaged. */
  private static List<Path> libraries() throws URISyntaxException {
    List<Path> libraries = new ArrayList<>();
    for (Class<?> each :
        List.of(
            Kernel.class,
            CompletionRing.class,
            VirtualThreads.class,
            LinuxKernel.class,
            UnsafeBuffer.class)) {
      libraries.add(Path.of(each.getProtectionDomain().getCodeSource().getLocation().toURI()));
    }
    return libraries;
  }

  private static String path(List<Path> libraries) {
    return libraries.stream().map(Path::toString).collect(Collectors.joining(":"));
  }

  private void compile() throws Exception {
    Path source = Files.writeString(folder.resolve("First.java"), readme.program());
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, said, said, "-cp", path(libraries()), source.toString());
    assertThat(status).as(said.toString(UTF_8)).isZero();
  }

  private Run java(List<String> flags, String... paths) throws Exception {
    List<String> command = new ArrayList<>(List.of(JAVA));
    command.addAll(flags);
    command.addAll(List.of(paths));
    command.addAll(List.of("First", folder.toString()));
    return run(folder, command);
  }

  private static void assertWell(Run run) {
    assertThat(run.status()).as(run.said()).isZero();
    assertThat(run.said()).isNotBlank().doesNotContain("WARNING", "Exception");
  }

  @Test
  void theProgramRunsOnTheClassPath() throws Exception {
    compile();
    assertWell(java(readme.flagsOnTheClassPath(), "-cp", ".:" + path(libraries())));
  }

  @Test
  void theProgramRunsWithSysletOnTheModulePath() throws Exception {
    List<Path> libraries = libraries();
    Assumptions.assumeTrue(
        libraries.stream().allMatch(Files::isRegularFile), "the modules are not packaged yet");
    compile();
    assertWell(java(readme.flagsOnTheModulePath(), "-p", path(libraries), "-cp", "."));
  }

  @Test
  void aMissingFlagIsNamed() throws Exception {
    compile();
    for (String missing : readme.flagsOnTheClassPath()) {
      List<String> others = new ArrayList<>(readme.flagsOnTheClassPath());
      others.remove(missing);
      Run run = java(others, "-cp", ".:" + path(libraries()));
      assertThat(run.said().replace("java.base/java.lang ", "java.base/java.lang="))
          .contains(missing.replaceFirst("=", missing.startsWith("--add") ? " " : "="));
    }
  }

  /**
   * With Maven, from a clone, into a repository of its own: what was committed, not what is here.
   */
  @Test
  void aProjectOfOnesOwnIsBuiltAndRun() throws Exception {
    Assumptions.assumeTrue(Boolean.getBoolean("syslet.long"), "takes minutes: -Plong");
    Assumptions.assumeTrue(isThere("mvn") && isThere("git"), "no mvn or git on the PATH");
    Path clone = folder.resolve("syslet");
    sh(folder, "git clone -q \"$0\" \"$1\"", CHECKOUT, clone);
    Path repository = folder.resolve("repository");
    String known = System.getProperty("syslet.repository", "");
    sh(folder, "[ ! -d \"$0\" ] || cp -a \"$0\" \"$1\"", Path.of(known), repository);
    String here = " -B -q -Dmaven.repo.local=\"$0\" ";
    sh(clone, readme.install() + here + "-pl syslet-linux -am", repository);
    Path project = writeProject();
    sh(project, "mvn compile dependency:copy-dependencies" + here, repository);
    List<String> command = new ArrayList<>(List.of(JAVA));
    command.addAll(readme.flagsOnTheClassPath());
    command.addAll(List.of("-cp", "target/classes:target/dependency/*", "First", "."));
    assertWell(run(project, command));
  }

  private Path writeProject() throws IOException {
    Path project = Files.createDirectory(folder.resolve("mine"));
    Path sources = Files.createDirectories(project.resolve("src/main/java"));
    Files.writeString(sources.resolve("First.java"), readme.program());
    Files.writeString(
        project.resolve("pom.xml"),
        """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>org.example</groupId>
          <artifactId>mine</artifactId>
          <version>1</version>
          <properties>
            <maven.compiler.release>25</maven.compiler.release>
            <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
          </properties>
          <build>
            <pluginManagement>
              <plugins>
                <plugin><artifactId>maven-compiler-plugin</artifactId><version>3.14.1</version></plugin>
                <plugin><artifactId>maven-resources-plugin</artifactId><version>3.3.1</version></plugin>
                <plugin><artifactId>maven-dependency-plugin</artifactId><version>3.8.1</version></plugin>
              </plugins>
            </pluginManagement>
          </build>
          <dependencies>
        %s
          </dependencies>
        </project>
        """
            .formatted(readme.dependency()));
    return project;
  }

  private static boolean isThere(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static void sh(Path in, String script, Path... arguments) throws Exception {
    String home = "JAVA_HOME='" + System.getProperty("java.home") + "'; export JAVA_HOME; ";
    List<String> command = new ArrayList<>(List.of("sh", "-c", home + script));
    Stream.of(arguments).map(Path::toString).forEach(command::add);
    Run run = run(in, command);
    assertThat(run.status()).as(run.said()).isZero();
  }
}
