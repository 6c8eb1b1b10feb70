package io.syslet.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.linux.LinuxKernel;
import io.syslet.linux.LinuxOptions;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopyTest {
  @TempDir private Path work;

  private long copy(String from, String to) throws Exception {
    Copy copy = new Copy(path(from), path(to));
    try (Kernel kernel = LinuxKernel.boot(LinuxOptions.defaults())) {
      kernel.run(copy);
      return copy.result();
    }
  }

  private static int descriptors() {
    return Objects.requireNonNull(new File("/proc/self/fd").list()).length;
  }

  private byte[] path(String name) {
    return work.resolve(name).toString().getBytes(UTF_8);
  }

  @Test
  void aFileIsCopiedByteForByte() throws Exception {
    byte[] bytes = new byte[1_000_000];
    new Random(1).nextBytes(bytes);
    Files.write(work.resolve("from"), bytes);
    int before = descriptors();
    assertThat(copy("from", "to")).isEqualTo(bytes.length);
    assertThat(Files.readAllBytes(work.resolve("to"))).isEqualTo(bytes);
    Files.write(work.resolve("from"), new byte[0]);
    assertThat(copy("from", "to")).isZero();
    assertThat(work.resolve("to")).isEmptyFile();
    assertThat(descriptors()).isEqualTo(before);
  }

  @Test
  void whatFailsIsNamedAndNothingStaysOpen() throws Exception {
    Files.writeString(work.resolve("from"), "text");
    Files.createDirectory(work.resolve("directory"));
    int before = descriptors();
    assertThat(copy("none", "to")).isEqualTo(-Errno.ENOENT);
    assertThat(copy("from", "directory")).isEqualTo(-Errno.EISDIR);
    assertThat(copy("directory", "to")).isEqualTo(-Errno.EISDIR);
    assertThat(descriptors()).isEqualTo(before);
  }
}
