package io.syslet.examples;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syslet.CString;
import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.examples.copy.CopyResult;
import io.syslet.examples.copy.TreeCopy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Errors of calls, what is refused, and what is left then. */
class TreeCopyErrorsTest {
  @TempDir private Path work;
  private final ByteArrayOutputStream complaints = new ByteArrayOutputStream();

  @BeforeEach
  void makeTree() throws Exception {
    Files.createDirectories(work.resolve("from/d/e"));
    Files.writeString(work.resolve("from/d/one"), "content of one");
    Files.writeString(work.resolve("from/d/two"), "content of two");
    Files.write(work.resolve("from/big"), new byte[3_000_000]);
  }

  private CopyResult copy(SystemCalls system, String from, String to) throws Exception {
    try (PoolKernel kernel = PoolKernel.mixed(system)) {
      return copy(kernel, from, to);
    }
  }

  private CopyResult copy(Kernel kernel, String from, String to) throws Exception {
    byte[] original = (work + "/" + from).getBytes(UTF_8);
    byte[] copy = (work + "/" + to).getBytes(UTF_8);
    return new TreeCopy(kernel, 4, complaints, original, copy).run();
  }

  private static SystemCalls failing(long number, long error) {
    return (nr, a0, a1, a2, a3, a4, a5) ->
        nr == number ? error : DirectCalls.call(nr, a0, a1, a2, a3, a4, a5);
  }

  private static SystemCalls failing(long number, String name, long error) {
    return (nr, a0, a1, a2, a3, a4, a5) ->
        nr == number && NativeNames.equal(a1, name)
            ? error
            : DirectCalls.call(nr, a0, a1, a2, a3, a4, a5);
  }

  private String complaints() {
    return complaints.toString(ISO_8859_1).replace(work.toString(), "W");
  }

  private String left() throws Exception {
    return Trees.sh("cd \"$0\" && diff -r from to || :", work.toString());
  }

  @Test
  void whatCannotBeReadIsNamedOnceAndTheRestIsCopied() throws Exception {
    CopyResult result = copy(failing(Nr.OPENAT, "one", -Errno.EACCES), "from", "to");
    assertThat(complaints()).isEqualTo("syslet: W/from/d/one: Permission denied (EACCES)\n");
    assertThat(result.errors()).isOne();
    assertThat(left()).isEqualTo("Only in from/d: one\n");
  }

  @Test
  void aFolderThatCannotBeReadIsNamedOnce() throws Exception {
    CopyResult result = copy(failing(Nr.OPENAT, "d", -Errno.EACCES), "from", "to");
    assertThat(complaints()).isEqualTo("syslet: W/from/d: Permission denied (EACCES)\n");
    assertThat(result.errors()).isOne();
    assertThat(left()).isEqualTo("Only in from: d\n");
  }

  @Test
  void aNameThatIsTakenByAFolderIsNamed() throws Exception {
    Files.createDirectories(work.resolve("to/d/one"));
    Files.writeString(Files.createDirectories(work.resolve("to/d")).resolve("e"), "a file");
    Trees.sh("cd \"$0\" && mv from/d/two \"$(printf 'from/d/two\\n\\377')\"", work.toString());
    Trees.sh("cd \"$0\" && mkdir \"$(printf 'to/d/two\\n\\377')\"", work.toString());
    copy(DirectCalls::call, "from", "to");
    assertThat(complaints())
        .contains(
            "syslet: W/to/d/one: Is a directory (EISDIR)\n",
            "syslet: W/to/d/two\n\u00ff: Is a directory (EISDIR)\n",
            "syslet: W/to/d/e: Not a directory (ENOTDIR)\n")
        .hasLineCount(4);
  }

  @Test
  void withoutAWayInsideTheKernelBytesGoThroughMemory() throws Exception {
    for (int errno : new int[] {Errno.EXDEV, Errno.EINVAL, Errno.EOPNOTSUPP, Errno.ENOSYS}) {
      copy(failing(Nr.COPY_FILE_RANGE, -errno), "from", "to" + errno);
      assertThat(complaints()).isEmpty();
      assertThat(work.resolve("to" + errno).resolve("big"))
          .hasSameBinaryContentAs(work.resolve("from/big"));
    }
  }

  @Test
  void theEndOfAllRoomIsOneLineAndNothingIsHalf() throws Exception {
    for (long full : new long[] {Nr.PWRITE64, Nr.COPY_FILE_RANGE, Nr.MKDIRAT, Nr.RENAMEAT2}) {
      complaints.reset();
      CopyResult result = copy(failing(full, -Errno.ENOSPC), "from", "to" + full);
      assertThat(complaints()).endsWith(": No space left on device (ENOSPC)\n").hasLineCount(1);
      assertThat(result.errors()).isOne();
      assertThat(Trees.sh("find \"$0\" -name '.syslet*'", work.toString())).isEmpty();
    }
  }

  /** File systems have little room for those of one file, and much for the others' bytes. */
  @Test
  void anAttributeForWhichThereIsNoRoomIsNotTheEnd() throws Exception {
    for (int i = 0; i < 200; i++) {
      Files.writeString(work.resolve("from/d/f" + i), "content");
    }
    AtomicInteger given = new AtomicInteger();
    CopyResult result =
        copy(
            (nr, a0, a1, a2, a3, a4, a5) -> {
              if (nr == Nr.FLISTXATTR) {
                CString.put(a1, "user.large".getBytes(UTF_8));
                return 11;
              }
              if (nr == Nr.FGETXATTR) {
                return 1;
              }
              if (nr == Nr.FSETXATTR) {
                return given.incrementAndGet() == 1 ? -Errno.ENOSPC : 0;
              }
              return DirectCalls.call(nr, a0, a1, a2, a3, a4, a5);
            },
            "from",
            "to");
    assertThat(complaints()).endsWith(": No space left on device (ENOSPC)\n").hasLineCount(1);
    assertThat(result.files()).isGreaterThanOrEqualTo(202);
    assertThat(left().lines().count()).isLessThanOrEqualTo(1);
  }

  /** Its name is a link when it gets its permissions: to what others have. */
  @Test
  void whatTakesTheNameOfANodeIsLeftAlone() throws Exception {
    Trees.sh(
        "cd \"$0\" && mv from/big . && rm -r from && mkfifo -m 666 from && chmod 600 big",
        work.toString());
    copy(
        (nr, a0, a1, a2, a3, a4, a5) -> {
          long status = DirectCalls.call(nr, a0, a1, a2, a3, a4, a5);
          if (nr == Nr.MKNODAT) {
            swap(CString.toString(a1, 200));
          }
          return status;
        },
        "from",
        "to");
    assertThat(complaints()).hasLineCount(1);
    assertThat(Trees.sh("stat -c %a \"$0\"", work.resolve("big").toString())).isEqualTo("600\n");
  }

  private void swap(String name) {
    try {
      Files.delete(work.resolve(name));
      Files.createSymbolicLink(work.resolve(name), work.resolve("big"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whoMayNotGiveFilesAwayKeepsThem() throws Exception {
    Trees.sh("cd \"$0\" && chmod 6755 from/d/one", work.toString());
    copy(failing(Nr.FCHOWNAT, -Errno.EPERM), "from", "to");
    assertThat(complaints()).isEmpty();
    assertThat(Trees.sh("cd \"$0\" && stat -c %a to/d/one", work.toString())).isEqualTo("755\n");
  }

  @Test
  void aLackOfDescriptorsIsWaitedFor() throws Exception {
    AtomicInteger opens = new AtomicInteger();
    copy(
        (nr, a0, a1, a2, a3, a4, a5) ->
            nr == Nr.OPENAT && opens.incrementAndGet() % 3 == 0
                ? -Errno.EMFILE
                : DirectCalls.call(nr, a0, a1, a2, a3, a4, a5),
        "from",
        "to");
    assertThat(complaints()).isEmpty();
    assertThat(left()).isEmpty();
  }

  @Test
  void oneInsideOfTheOtherIsRefused() throws Exception {
    Files.createSymbolicLink(work.resolve("link"), work.resolve("from/d"));
    refused("from", "from/d/copy", "is inside of what is to be copied");
    refused("from", "link/copy", "is inside of what is to be copied");
    refused("from/d", "from", "is inside of where it is to be copied to");
    refused("from", "from/d/..", "is what is to be copied");
    refused("none", "to", "No such file or directory (ENOENT)");
    refused("from", "none/to", "No such file or directory (ENOENT)");
    refused("from", "from/big/to", "Not a directory (ENOTDIR)");
    assertThat(work.resolve("from/d/copy")).doesNotExist();
  }

  private void refused(String from, String to, String why) {
    assertThatThrownBy(() -> copy(DirectCalls::call, from, to))
        .isInstanceOf(PathRefusedException.class)
        .hasMessage(why);
  }

  @Test
  void aSingleFileOrLinkIsCopiedToo() throws Exception {
    Files.createSymbolicLink(work.resolve("link"), Path.of("from"));
    copy(DirectCalls::call, "from/d/one", "file");
    copy(DirectCalls::call, "link", "other");
    assertThat(work.resolve("file")).hasContent("content of one");
    assertThat(Files.readSymbolicLink(work.resolve("other"))).isEqualTo(Path.of("from"));
    copy(DirectCalls::call, "link/", "to/");
    assertThat(left()).isEmpty();
  }

  @Test
  void aSocketIsSkippedWithAWord() throws Exception {
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(work.resolve("from/socket")));
      CopyResult result = copy(DirectCalls::call, "from", "to");
      assertThat(complaints()).isEqualTo("syslet: W/from/socket: a socket, not copied\n");
      assertThat(result.errors()).isZero();
    }
    assertThat(left()).isEqualTo("Only in from: socket\n");
  }
}
