package io.syslet.examples;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Stat;
import io.syslet.ring.Memory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each failure is named and counted once, by the bytes of its name; errors come from the calls. */
class AsyncReadyErrorsTest {
  @TempDir Path tree = Path.of("");
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream complaints = new ByteArrayOutputStream();

  private static SystemCalls failing(long number, String name, long error) {
    return (nr, a0, a1, a2, a3, a4, a5) ->
        nr == number && (name.isEmpty() || NativeNames.equal(a1, name))
            ? error
            : DirectCalls.call(nr, a0, a1, a2, a3, a4, a5);
  }

  private long errors(SystemCalls system) throws Exception {
    try (PoolKernel kernel = PoolKernel.mixed(system)) {
      byte[] path = tree.toString().getBytes(UTF_8);
      AsyncReady program = new AsyncReady(kernel, path, out, complaints);
      Programs.run(kernel, program);
      return program.errors();
    }
  }

  @Test
  void aRefusedLstatIsNamed() throws Exception {
    Files.writeString(tree.resolve("bad"), "12345");
    Files.writeString(tree.resolve("good"), "123");
    assertThat(errors(failing(Nr.STATX, "bad", -Errno.EACCES))).isOne();
    assertThat(complaints.toString(UTF_8))
        .isEqualTo("syslet: " + tree + "/bad: Permission denied (EACCES)\n");
    assertThat(out.toString(UTF_8)).isEqualTo("1\t3\t" + tree + "\n");
  }

  @Test
  void aDirectoryThatFailsInTheMiddleIsNamed() throws Exception {
    assertThat(errors(failing(Nr.GETDENTS64, "", -Errno.EIO))).isOne();
    assertThat(complaints.toString(UTF_8))
        .isEqualTo("syslet: " + tree + ": Input/output error (EIO)\n");
  }

  @Test
  void aDirectoryThatCannotBeOpenedIsNamed() throws Exception {
    Path closed = Files.createDirectory(tree.resolve("closed"));
    assertThat(errors(failing(Nr.OPENAT, closed.toString(), -Errno.EACCES))).isOne();
    assertThat(complaints.toString(UTF_8))
        .isEqualTo("syslet: " + closed + ": Permission denied (EACCES)\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {Errno.ENOENT, Errno.ESRCH, Errno.ESTALE})
  void whatWentAwayIsNoError(int errno) throws Exception {
    Files.createDirectory(tree.resolve("gone"));
    assertThat(errors(failing(Nr.STATX, "gone", -errno))).isZero();
    assertThat(complaints.size()).isZero();
  }

  @Test
  void noSuchDirectoryIsNoLineOfOutput() {
    tree = tree.resolve("missing");
    assertThatThrownBy(() -> errors(DirectCalls::call)).isInstanceOf(NoDirectoryException.class);
    assertThat(out.size() + complaints.size()).isZero();
  }

  @Test
  void aLinkIsFollowedAtTheBeginningAlone() throws Exception {
    Path real = Files.createDirectory(tree.resolve("real"));
    Files.createSymbolicLink(real.resolve("inner"), Path.of("/"));
    tree = Files.createSymbolicLink(tree.resolve("link"), real);
    assertThat(errors(DirectCalls::call)).isZero();
    assertThat(out.toString(UTF_8)).isEqualTo("1\t1\t" + tree + "\n");
  }

  @Test
  void descriptorsThatRunOutAreWaitedFor() throws Exception {
    for (int i = 0; i < 50; i++) {
      Files.createFile(Files.createDirectory(tree.resolve("d" + i)).resolve("f"));
    }
    DescriptorCount count = new DescriptorCount(3);
    assertThat(errors(count)).isZero();
    assertThat(out.toString(UTF_8).lines()).hasSize(51);
  }

  @Test
  void outputThatCannotBeWrittenEndsIt() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("full");
          }
        };
    try (PoolKernel kernel = PoolKernel.mixed()) {
      AsyncReady program =
          new AsyncReady(kernel, tree.toString().getBytes(UTF_8), full, complaints);
      assertThatThrownBy(() -> Programs.run(kernel, program)).hasMessage("full");
    }
  }

  @Test
  void namesAreBytes() throws Exception {
    try (TreeMaker maker = new TreeMaker(tree)) {
      maker.enter("\u00ff\n\u00e9");
    }
    assertThat(errors(DirectCalls::call)).isZero();
    assertThat(out.toString(ISO_8859_1)).contains("\t" + tree + "/\u00ff\n\u00e9\n");
  }

  @Test
  void sizesNearTheGreatestAddUp() throws Exception {
    for (int i = 0; i < 3; i++) {
      Files.createFile(tree.resolve("f" + i));
    }
    SystemCalls huge =
        (nr, a0, a1, a2, a3, a4, a5) -> {
          long status = DirectCalls.call(nr, a0, a1, a2, a3, a4, a5);
          if (nr == Nr.STATX && status == 0) {
            Memory.putLong(a4 + Stat.SIZE, Long.MAX_VALUE);
          }
          return status;
        };
    assertThat(errors(huge)).isZero();
    assertThat(out.toString(UTF_8)).isEqualTo("3\t27670116110564327421\t" + tree + "\n");
  }
}
