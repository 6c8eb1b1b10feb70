package io.syslet.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Kernel;
import io.syslet.client.ClientOptions;
import io.syslet.client.RemoteKernel;
import io.syslet.linux.LinuxKernel;
import io.syslet.linux.LinuxOptions;
import io.syslet.server.Server;
import io.syslet.server.ServerOptions;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The programs, unchanged, on a kernel that is a server; {@code walk} has a test of its command.
 */
class RemoteProgramsTest {
  private static final int DIRECTORIES = 5;
  private static final int FILES = 40;

  @TempDir Path folder = Path.of("");

  /** What a test does with a kernel. */
  private interface Use {
    void of(Kernel kernel) throws Exception;
  }

  private Path makeTree() throws Exception {
    Path root = Files.createDirectory(folder.resolve("root"));
    for (int i = 0; i < DIRECTORIES; i++) {
      Path directory = Files.createDirectory(root.resolve("d" + i));
      for (int j = 0; j < FILES; j++) {
        Files.writeString(directory.resolve("f" + j), "x".repeat(10 * i + j));
      }
    }
    return root;
  }

  private void remotely(Path root, Use use) throws Exception {
    ServerOptions options = new ServerOptions();
    options.root = root;
    options.http = "off";
    options.journal = folder.resolve("journal").toString();
    options.listen = List.of("unix:" + folder.resolve("sock"));
    try (Server server = Server.open(options);
        RemoteKernel kernel =
            RemoteKernel.connect(server.addresses().getFirst(), ClientOptions.defaults())) {
      use.of(kernel);
    }
  }

  private static void locally(Use use) throws Exception {
    try (Kernel kernel = LinuxKernel.boot(LinuxOptions.defaults())) {
      use.of(kernel);
    }
  }

  private static List<String> asyncReady(Kernel kernel, String path) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    kernel.run(new AsyncReady(kernel, path.getBytes(UTF_8), out, out));
    return out.toString(UTF_8).lines().map(line -> line.replace(path, "/")).sorted().toList();
  }

  @Test
  void asyncReadyTellsTheSameOfEachDirectory() throws Exception {
    Path root = makeTree();
    List<String> seen = new ArrayList<>();
    remotely(root, kernel -> seen.addAll(asyncReady(kernel, "/")));
    assertThat(seen).hasSize(DIRECTORIES + 1);
    locally(kernel -> assertThat(sizes(asyncReady(kernel, root + "/"))).isEqualTo(sizes(seen)));
  }

  /** The lines without their paths, whose beginnings differ. */
  private static List<String> sizes(List<String> lines) {
    return lines.stream().map(line -> line.replaceAll("/\\S*", "")).sorted().toList();
  }

  @Test
  void basicSeesACallBlockAndOneThatDoesNot() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    remotely(makeTree(), kernel -> kernel.run(new Basic(out)));
    String remote = out.toString(UTF_8);
    out.reset();
    locally(kernel -> kernel.run(new Basic(out)));
    // Whether the write or the read that it ends is told first is anybody's guess.
    assertThat(remote.lines())
        .containsExactlyInAnyOrderElementsOf(out.toString(UTF_8).lines().toList());
  }
}
