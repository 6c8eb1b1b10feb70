package io.syslet.hadoop;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Options.OpenFileOptions;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.impl.OpenFileParameters;

/** What {@code openFile()} is told. */
final class OpenOptions {
  private OpenOptions() {}

  /** Opens something, which may throw. */
  interface Opening {
    FSDataInputStream open() throws IOException;
  }

  /**
   * Checks that nothing is demanded which is not known.
   *
   * @throws IllegalArgumentException for what is.
   */
  static void check(Path path, OpenFileParameters parameters) {
    Set<String> unknown = new HashSet<>(parameters.getMandatoryKeys());
    unknown.removeAll(OpenFileOptions.FS_OPTION_OPENFILE_STANDARD_OPTIONS);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException("for " + path + ": unknown key " + unknown);
    }
  }

  /** How the file will be read. */
  static String policies(OpenFileParameters parameters) {
    return parameters.getOptions().get(OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY, "");
  }

  /** Opens in a thread that may wait. */
  static CompletableFuture<FSDataInputStream> begin(Opening opening) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return opening.open();
          } catch (IOException e) {
            throw new CompletionException(e);
          }
        },
        task -> Thread.ofVirtual().name("syslet-open").start(task));
  }
}
