package io.syslet.server.session;

import io.syslet.linux.LinuxKernel;
import io.syslet.linux.LinuxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** A kernel and its sessions on a folder, for a test. */
final class Served implements AutoCloseable {
  final LinuxKernel kernel;
  final Sessions sessions;

  Served(Path root) throws Exception {
    this(root, options -> options);
  }

  Served(Path root, UnaryOperator<SessionOptions> change) throws Exception {
    SessionOptions options = change.apply(SessionOptions.of(root, 1));
    kernel = LinuxKernel.boot(LinuxOptions.defaults().maxWorkers(options.limits().workers()));
    sessions = Sessions.start(kernel, options);
  }

  /** A folder that may be written: a/b, the file a/file, and a link to that. */
  static Served smallTree(Path root) throws Exception {
    Files.createDirectories(root.resolve("a/b"));
    Files.writeString(root.resolve("a/file"), "hello");
    Files.createSymbolicLink(root.resolve("link"), Path.of("a/file"));
    return new Served(root, options -> options.canWrite(true));
  }

  Client client() {
    return Client.open(sessions);
  }

  /** Descriptors that this process has open. */
  static long openDescriptors() throws Exception {
    try (var files = Files.list(Path.of("/proc/self/fd"))) {
      return files.filter(Served::isOurs).count();
    }
  }

  /**
   * The kernel's carriers, each of which has the statistics of its thread open, come and go; so do
   * the records of their switches.
   */
  private static boolean isOurs(Path descriptor) {
    try {
      String file = Files.readSymbolicLink(descriptor).toString();
      return !file.matches("/proc/\\d+/task/\\d+/stat|.*\\[perf_event\\]");
    } catch (IOException e) {
      return false; // it was closed meanwhile
    }
  }

  @Override
  public void close() {
    sessions.close();
    kernel.close();
  }
}
