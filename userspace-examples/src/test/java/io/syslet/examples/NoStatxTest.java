package io.syslet.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Stat;
import io.syslet.Sys;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where a filter of system calls refuses statx, newfstatat tells the same. */
class NoStatxTest {
  @TempDir Path tree = Path.of("");

  private final ByteArrayOutputStream complaints = new ByteArrayOutputStream();

  private static SystemCalls without(long error) {
    return (nr, a0, a1, a2, a3, a4, a5) ->
        nr == Nr.STATX ? error : DirectCalls.call(nr, a0, a1, a2, a3, a4, a5);
  }

  @BeforeEach
  void makeTree() throws Exception {
    try (TreeMaker maker = new TreeMaker(tree)) {
      maker.file("f", 12345).enter("d").files(300).file("g", 7);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyModeFindsTheSame(Mode mode) throws Exception {
    try (PoolKernel kernel = PoolKernel.mixed(without(-Errno.ENOSYS))) {
      assertThat(walk(kernel, WalkOptions.defaults().mode(mode))).isEqualTo(Trees.find(tree));
    }
    assertThat(complaints.toString(UTF_8)).isEmpty();
  }

  @Test
  void oneFileSystemIsKnownByItsDevice() throws Exception {
    try (PoolKernel kernel = PoolKernel.mixed(without(-Errno.EPERM))) {
      WalkOptions options = WalkOptions.defaults().oneFileSystem(true);
      assertThat(walk(kernel, options)).isEqualTo(Trees.find(tree));
    }
  }

  private Trees.Count walk(PoolKernel kernel, WalkOptions options) throws Exception {
    Walk walk = new Walk(kernel, options.complaints(complaints), tree.toString().getBytes(UTF_8));
    return Trees.of(walk.run());
  }

  @Test
  void devicesAreThoseThatStatxTells() {
    try (PoolKernel old = PoolKernel.mixed(without(-Errno.ENOSYS));
        PoolKernel current = PoolKernel.hot()) {
      for (String path : new String[] {"/", "/proc", "/dev", tree.toString()}) {
        assertThat(device(old, path)).as(path).isEqualTo(device(current, path));
      }
    }
  }

  private static long device(PoolKernel kernel, String path) {
    long name = io.syslet.CString.allocate(kernel.arena(), path);
    int fd = (int) Sys.openat(kernel, Stat.AT_FDCWD, name, Sys.O_RDONLY | Sys.O_CLOEXEC, 0);
    assertThat(fd).isNotNegative();
    long device = Lstat.device(kernel, fd, name + path.length());
    Sys.close(kernel, fd);
    return device;
  }
}
