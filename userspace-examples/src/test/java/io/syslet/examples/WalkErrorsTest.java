package io.syslet.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syslet.CString;
import io.syslet.Dirent;
import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.ring.Memory;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be read is named and counted; what went away is not. Errors come from the calls. */
class WalkErrorsTest {
  @TempDir Path tree = Path.of("");
  private final ByteArrayOutputStream complaints = new ByteArrayOutputStream();

  /** A system that answers a call for one name, or one number, with an error. */
  private static SystemCalls failing(long number, String name, long error) {
    return (nr, a0, a1, a2, a3, a4, a5) ->
        nr == number && (name.isEmpty() || NativeNames.equal(a1, name))
            ? error
            : DirectCalls.call(nr, a0, a1, a2, a3, a4, a5);
  }

  private WalkResult walk(SystemCalls system) throws Exception {
    try (PoolKernel kernel = PoolKernel.mixed(system)) {
      WalkOptions options = WalkOptions.defaults().complaints(complaints);
      return new Walk(kernel, options, tree.toString().getBytes(UTF_8)).run();
    }
  }

  @Test
  void unreadableDirectoryIsNamedAndCounted() throws Exception {
    Files.createDirectory(tree.resolve("closed"));
    Files.writeString(tree.resolve("file"), "12345");
    WalkResult result = walk(failing(Nr.OPENAT, "closed", -Errno.EACCES));
    assertThat(complaints.toString(UTF_8))
        .isEqualTo("syslet: " + tree + "/closed: Permission denied (EACCES)\n");
    assertThat(result.errors()).isOne();
    assertThat(Trees.of(result)).isEqualTo(Trees.find(tree));
  }

  /** 255 letters are more bytes than 255, and some file systems count letters. */
  @Test
  void aFolderWithALongNameIsGoneThrough() throws Exception {
    Files.writeString(Files.createDirectory(tree.resolve("sub")).resolve("file"), "12345");
    String longest = "\u6f22".repeat(255);
    try (Arena arena = Arena.ofShared()) {
      long sub = CString.allocate(arena, "sub");
      WalkResult result =
          walk(
              (nr, a0, a1, a2, a3, a4, a5) -> {
                boolean isNamed = nr == Nr.OPENAT || nr == Nr.STATX;
                long name = isNamed && NativeNames.equal(a1, longest) ? sub : a1;
                long status = DirectCalls.call(nr, a0, name, a2, a3, a4, a5);
                boolean has = nr == Nr.GETDENTS64 && has(a1, status, "sub");
                return has ? putOne(a1, longest) : status;
              });
      assertThat(result.errors()).isZero();
      assertThat(Trees.of(result)).isEqualTo(Trees.find(tree));
    }
  }

  private static boolean has(long entries, long length, String name) {
    Dirent entry = new Dirent().wrap(entries, length);
    while (entry.nextChild()) {
      if (entry.nameEquals(name.getBytes(UTF_8))) {
        return true;
      }
    }
    return false;
  }

  private static long putOne(long entries, String name) {
    byte[] bytes = name.getBytes(UTF_8);
    int length = (Dirent.NAME + bytes.length + Long.BYTES) & -Long.BYTES;
    Memory.putInt(entries + Dirent.RECLEN, length | Dirent.DT_DIR << Short.SIZE);
    CString.put(entries + Dirent.NAME, bytes);
    return length;
  }

  @Test
  void unreadableEntryIsNamedAndNotCountedAmongTheEntries() throws Exception {
    Files.writeString(tree.resolve("bad\nname"), "12345");
    Files.writeString(tree.resolve("good"), "123");
    WalkResult result = walk(failing(Nr.STATX, "bad\nname", -Errno.EIO));
    assertThat(complaints.toString(UTF_8))
        .isEqualTo("syslet: " + tree + "/bad\nname: Input/output error (EIO)\n");
    assertThat(result.entries()).isOne();
    assertThat(result.bytes()).isEqualTo(BigInteger.valueOf(3));
  }

  @Test
  void directoryThatFailsInTheMiddleIsNamed() throws Exception {
    WalkResult result = walk(failing(Nr.GETDENTS64, "", -Errno.EIO));
    assertThat(complaints.toString(UTF_8))
        .isEqualTo("syslet: " + tree + ": Input/output error (EIO)\n");
    assertThat(result.errors()).isOne();
  }

  @ParameterizedTest
  @ValueSource(ints = {Errno.ENOENT, Errno.ESRCH, Errno.ENOTDIR, Errno.ESTALE, Errno.ELOOP})
  void whatWentAwayIsNoError(int errno) throws Exception {
    Files.createDirectory(tree.resolve("gone"));
    Files.writeString(tree.resolve("file"), "12345");
    WalkResult result = walk(failing(Nr.OPENAT, "gone", -errno));
    assertThat(result.errors()).isZero();
    assertThat(result.entries()).isEqualTo(2);
    assertThat(walk(failing(Nr.STATX, "gone", -errno)).entries()).isOne();
    assertThat(complaints.size()).isZero();
  }

  @Test
  void noSuchDirectory() {
    byte[] missing = tree.resolve("missing").toString().getBytes(UTF_8);
    try (PoolKernel kernel = PoolKernel.hot()) {
      assertThatThrownBy(() -> new Walk(kernel, WalkOptions.defaults(), missing).run())
          .isInstanceOf(NoDirectoryException.class)
          .hasMessage("No such file or directory (ENOENT)");
    }
  }

  @Test
  void listIsSizeTabPathWithTheBytesOfTheNames() throws Exception {
    try (TreeMaker maker = new TreeMaker(tree)) {
      maker.file("\u00ff", 5).enter("d\n").file("x", 7);
    }
    ByteArrayOutputStream list = new ByteArrayOutputStream();
    try (PoolKernel kernel = PoolKernel.mixed()) {
      WalkOptions options = WalkOptions.defaults().list(list);
      new Walk(kernel, options, (tree + "/").getBytes(UTF_8)).run();
    }
    String found =
        Trees.shBytes(
            "cd / && find \"$0\"/ -mindepth 1 -printf '%s\\t%p\\n' | LC_ALL=C sort", tree);
    assertThat(Trees.sorted(list.toByteArray())).isEqualTo(found);
  }

  @Test
  void treeThatChangesWhileItIsWalked() throws Exception {
    try (TreeMaker maker = new TreeMaker(tree)) {
      maker.enter("still").files(2000);
    }
    Trees.Count still = Trees.find(tree);
    Path moving = Files.createDirectory(tree.resolve("moving"));
    ChangingTree change = new ChangingTree(moving);
    change.start();
    try {
      for (int i = 0; i < 20; i++) {
        WalkResult result = walk(DirectCalls::call);
        assertThat(complaints.toString(UTF_8)).isEmpty();
        assertThat(result.entries()).isGreaterThan(still.entries());
      }
    } finally {
      change.end();
    }
    assertThat(change.rounds()).isPositive();
  }
}
