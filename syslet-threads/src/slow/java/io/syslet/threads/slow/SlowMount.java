package io.syslet.threads.slow;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A mounted {@link SlowFiles}, in a process of its own. */
public final class SlowMount implements AutoCloseable {
  private final Process server;
  private final Path folder;

  private SlowMount(Process server, Path folder) {
    this.server = server;
    this.folder = folder;
  }

  /**
   * Mounts one, if this user may mount FUSE file systems here.
   *
   * @param micros how late it answers.
   * @param megabytes size of its file {@code data}.
   */
  public static Optional<SlowMount> open(long micros, long megabytes) throws IOException {
    return start(micros, megabytes, "");
  }

  /**
   * Mounts one that shows the files of another folder, if this user may.
   *
   * @param micros how late it answers.
   */
  public static Optional<SlowMount> open(long micros, Path shown) throws IOException {
    return start(micros, 0, shown.toString());
  }

  private static Optional<SlowMount> start(long micros, long megabytes, String shown)
      throws IOException {
    Path folder = Files.createTempDirectory("slow");
    List<String> command =
        List.of(
            System.getProperty("java.home") + "/bin/java",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            SlowFiles.class.getName(),
            folder.toString(),
            Long.toString(micros),
            Long.toString(megabytes),
            shown);
    Process server =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    SlowMount mount = new SlowMount(server, folder);
    if (mount.isMounted()) {
      return Optional.of(mount);
    }
    mount.close();
    return Optional.empty();
  }

  private boolean isMounted() throws IOException {
    InputStreamReader said = new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8);
    return "mounted".equals(new BufferedReader(said).readLine());
  }

  /** Where it is mounted. */
  public Path folder() {
    return folder;
  }

  /** Its large file. */
  public Path data() {
    return folder.resolve("data");
  }

  /** Unmounts it. */
  @Override
  public void close() throws IOException {
    server.getOutputStream().close();
    try {
      server.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      server.destroyForcibly();
    }
    Files.delete(folder);
  }
}
