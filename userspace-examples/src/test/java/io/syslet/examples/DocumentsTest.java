package io.syslet.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.server.Server;
import io.syslet.server.ServerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs in the documents, compiled and run as a reader would. */
class DocumentsTest {
  private static final Pattern PROGRAM =
      Pattern.compile(
          "^```java\n(?:// (\\w+)\\.java\n)?(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

  private static final Path DOCUMENTS = Path.of("..");

  @TempDir private Path work;

  /** The programs of a document by their names; one without a name is called {@code Nameless}. */
  private static Map<String, String> programs(String document) throws Exception {
    Map<String, String> found = new HashMap<>();
    Matcher matcher = PROGRAM.matcher(Files.readString(DOCUMENTS.resolve(document)));
    while (matcher.find()) {
      String name = matcher.group(1) == null ? "Nameless" : matcher.group(1);
      assertThat(found.put(name, matcher.group(2))).as(name).isNull();
    }
    return found;
  }

  /** What a program prints, errors first. */
  private String run(String document, String name, String... arguments) throws Exception {
    Path source = work.resolve(name + ".java");
    Files.writeString(source, programs(document).getOrDefault(name, ""));
    Path out = work.resolve("out");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            source.toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(process.waitFor()).as("exit status of %s", name).isZero();
    return Files.readString(out);
  }

  private Path file(String name, String content) throws Exception {
    return Files.writeString(work.resolve(name), content);
  }

  @Test
  void theReadmesWalkFindsWhatFindFinds() throws Exception {
    assertThat(programs("README.md").get("ShortWalk"))
        .isNotNull()
        .satisfies(DocumentsTest::isShort);
    Path tree = Files.createDirectory(work.resolve("tree"));
    try (TreeMaker maker = new TreeMaker(tree)) {
      maker.file("a", 1).directory("empty").enter("d").files(300).enter("e").files(20);
    }
    Trees.Count found = Trees.find(tree);
    assertThat(run("README.md", "ShortWalk", tree.toString()))
        .isEqualTo("%d entries, %d bytes%n", found.entries(), found.bytes());
  }

  private static void isShort(String program) {
    assertThat(program.lines().count()).isLessThanOrEqualTo(60);
  }

  @Test
  void oneRead() throws Exception {
    assertThat(run("docs/tutorial.md", "ReadOne", file("one", "its content\n").toString()))
        .isEqualTo("its content\n");
  }

  @Test
  void manyAtOnce() throws Exception {
    String one = file("one", "12345").toString();
    String none = work.resolve("none").toString();
    assertThat(run("docs/tutorial.md", "Sizes", one, none).lines())
        .containsExactlyInAnyOrder(
            one + ": 5 bytes", none + ": No such file or directory (ENOENT)");
  }

  @Test
  void aCopy() throws Exception {
    Path from = file("from", "0123456789".repeat(1000));
    Path to = work.resolve("to");
    assertThat(run("docs/tutorial.md", "CopyOne", from.toString(), to.toString()).lines().skip(2))
        .containsExactly("0", "10000");
    assertThat(to).hasSameBinaryContentAs(from);
  }

  @Test
  void anEndBeforeItsTime() throws Exception {
    assertThat(run("docs/tutorial.md", "Cancel").lines())
        .containsExactly(
            "timed: Connection timed out (ETIMEDOUT)",
            "taken back: Operation canceled (ECANCELED)");
  }

  @Test
  void aKernelElsewhere() throws Exception {
    Path root = Files.createDirectory(work.resolve("root"));
    Files.write(root.resolve("served"), "from elsewhere\n".getBytes(UTF_8));
    ServerOptions options = new ServerOptions();
    options.root = root;
    options.http = "off";
    options.journal = work.resolve("journal").toString();
    options.listen = List.of("unix:" + work.resolve("sock"));
    try (Server server = Server.open(options)) {
      String address = server.addresses().getFirst().toString();
      assertThat(run("docs/tutorial.md", "ReadElsewhere", address, "/served"))
          .isEqualTo("from elsewhere\n");
    }
  }

  @Test
  void theReadmesFirstProgram() throws Exception {
    assertThat(run("README.md", "Hello").lines())
        .containsExactly("read 6 bytes", "close: Bad file descriptor (EBADF)");
  }

  /** A program that no test knows would be one that nobody has run. */
  @Test
  void allProgramsAreTried() throws Exception {
    assertThat(programs("README.md").keySet()).containsExactlyInAnyOrder("Hello", "ShortWalk");
    assertThat(programs("docs/tutorial.md").keySet())
        .containsExactlyInAnyOrder("ReadOne", "Sizes", "CopyOne", "Cancel", "ReadElsewhere");
  }
}
