package io.syslet.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.examples.copy.CopyResult;
import io.syslet.examples.copy.TreeCopy;
import io.syslet.linux.LinuxKernel;
import io.syslet.linux.LinuxOptions;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tree with something of everything, copied by us, and looked at by the system's own tools. */
class TreeCopyTest {
  /** What ls and cmp see of a tree, a line for each entry: all but inodes and the last read. */
  private static final String LOOK =
      "cd \"$0\" && find . -printf '%P %y %m %U %G %n %l %T@ ' "
          + "\\( -type d -printf '\\n' -o -printf '%s\\n' \\) | LC_ALL=C sort";

  @TempDir private Path work;
  private final ByteArrayOutputStream complaints = new ByteArrayOutputStream();

  private CopyResult copy(String from, String to) throws Exception {
    try (Kernel kernel = LinuxKernel.boot(LinuxOptions.defaults())) {
      return new TreeCopy(kernel, 16, complaints, path(from), path(to)).run();
    }
  }

  private byte[] path(String name) {
    return work.resolve(name).toString().getBytes(UTF_8);
  }

  private String sh(String script) throws Exception {
    return Trees.sh("cd \"$0\" && " + script, work.toString());
  }

  private static boolean isThere(String program) {
    return Files.isExecutable(Path.of("/usr/bin", program));
  }

  private void makeTree() throws Exception {
    sh(
        "mkdir -p from/d/e/f from/empty && cd from"
            + " && for i in $(seq 300); do echo content of $i >d/f$i; done"
            + " && head -c 3000000 /dev/urandom >big && : >none && mkfifo fifo"
            + " && ln d/f1 d/e/hard && ln d/f1 hard && ln -s nowhere dangling && ln -s .. d/up"
            + " && ln -P dangling d/e/dangling"
            + " && printf 1 >\"$(printf 'new\\nline')\" && printf 2 >\"$(printf 'no UTF \\377')\""
            + " && chmod 4751 d/f3 && chmod 2771 d/e && chmod 1777 empty && chmod 0 d/f4"
            + " && touch -d '1931-02-03 04:05:06.789012345' d/f5 d/e"
            + " && touch -h -d '2002-02-03 04:05:06.000000001' dangling && touch -d @1 empty d");
  }

  @Test
  void nothingIsDifferentFromTheOriginal() throws Exception {
    makeTree();
    CopyResult result = copy("from", "to");
    assertThat(complaints.toString(UTF_8)).isEmpty();
    assertSame();
    assertThat(result.files()).isEqualTo(306);
    assertThat(result.directories()).isEqualTo(5);
    assertThat(result.others()).isEqualTo(4);
    assertThat(result.errors()).isZero();
    sh("cp -a from cp");
    assertThat(Trees.sh(LOOK, work.resolve("to").toString()))
        .isEqualTo(Trees.sh(LOOK, work.resolve("cp").toString()));
  }

  /** Filters of system calls that are older than statx refuse it. */
  @ParameterizedTest
  @ValueSource(longs = {-Errno.ENOSYS, -Errno.EPERM})
  void whereStatxIsRefusedACopyIsTheSame(long error) throws Exception {
    makeTree();
    SystemCalls old =
        (nr, a0, a1, a2, a3, a4, a5) ->
            nr == Nr.STATX ? error : DirectCalls.call(nr, a0, a1, a2, a3, a4, a5);
    try (Kernel kernel = PoolKernel.mixed(old)) {
      new TreeCopy(kernel, 16, complaints, path("from"), path("to")).run();
    }
    assertThat(complaints.toString(UTF_8)).isEmpty();
    assertSame();
  }

  private void assertSame() throws Exception {
    assertThat(Trees.sh(LOOK, work.resolve("to").toString()))
        .isEqualTo(Trees.sh(LOOK, work.resolve("from").toString()));
    assertThat(sh("diff -r --no-dereference -x fifo from to")).isEmpty();
  }

  @Test
  void rsyncFindsNothingToDo() throws Exception {
    Assumptions.assumeTrue(isThere("rsync"), "no rsync");
    makeTree();
    copy("from", "to");
    assertThat(sh("rsync -aHX --dry-run --itemize-changes from/ to/")).isEmpty();
    assertThat(sh("rsync -aHX --delete --dry-run --itemize-changes from/ to/")).isEmpty();
  }

  @Test
  void aSecondCopyReplacesTheFirst() throws Exception {
    makeTree();
    copy("from", "to");
    sh(
        "echo other >from/d/f7 && cd to && ln d/f8 ../f8 && echo longer than before >d/f8"
            + " && rm d/f9 hard dangling && ln -s ../../f8 d/f9 && echo another >hard"
            + " && chmod 700 d && : >dangling && touch empty");
    copy("from", "to");
    assertThat(complaints.toString(UTF_8)).isEmpty();
    assertSame();
    assertThat(work.resolve("f8"))
        .as("another name of what was replaced")
        .hasContent("longer than before");
    assertThat(sh("find to -name '.syslet*'")).isEmpty();
  }

  @Test
  void linksAreToEachOther() throws Exception {
    makeTree();
    copy("from", "to");
    assertThat(inode("to/hard")).isEqualTo(inode("to/d/f1")).isEqualTo(inode("to/d/e/hard"));
    assertThat(inode("to/dangling")).isEqualTo(inode("to/d/e/dangling"));
    assertThat(inode("to/hard")).isNotEqualTo(inode("from/hard"));
  }

  private String inode(String file) throws Exception {
    return sh("stat -c %i " + file);
  }

  @Test
  void holesStayHoles() throws Exception {
    sh(
        "mkdir from && cd from && truncate -s 50M all && truncate -s 9M end within begin"
            + " && echo x | dd of=end conv=notrunc 2>/dev/null"
            + " && echo x | dd of=within bs=1M seek=4 conv=notrunc 2>/dev/null"
            + " && head -c 1M /dev/urandom >>begin");
    CopyResult result = copy("from", "to");
    assertSame();
    assertThat(result.bytes()).isLessThan(2 << 20);
    for (String file : List.of("all", "end", "within", "begin")) {
      assertThat(blocks("to/" + file)).as(file).isEqualTo(blocks("from/" + file));
    }
  }

  private long blocks(String file) throws Exception {
    return Long.parseLong(sh("stat -c %b " + file).strip());
  }

  /** A page long by its size, without a block, and a few bytes in fact. */
  @Test
  void aFileOfSysfsIsAsLongAsWhatItHas() throws Exception {
    Path file = Path.of("/sys/class/net/lo/mtu");
    Assumptions.assumeTrue(Files.isReadable(file), "no sysfs");
    copy(file.toString(), "to");
    assertThat(complaints.toString(UTF_8)).isEmpty();
    assertThat(work.resolve("to")).hasContent(Files.readString(file));
  }

  /** The folder that the copy is in would give it one. */
  @Test
  void anAccessListThatTheOriginalHasNotIsNotGiven() throws Exception {
    sh("mkdir -p from/d in && mkfifo -m 640 from/fifo && : >from/d/f && chmod 640 from/d/f");
    AccessLists lists = new AccessLists(work.resolve("in"));
    Assumptions.assumeTrue(lists.giveDefault(), "no access lists here");
    sh("mkdir in/other");
    assertThat(lists.has("other")).isTrue();
    copy("from", "in/to");
    assertThat(complaints.toString(UTF_8)).isEmpty();
    for (String each : List.of("to", "to/d", "to/d/f", "to/fifo")) {
      assertThat(lists.has(each)).as(each).isFalse();
    }
    sh("mv in/to to");
    assertSame();
  }

  @Test
  void attributesOfUsersGoWithTheirFiles() throws Exception {
    Assumptions.assumeTrue(isThere("setfattr"), "no setfattr");
    sh(
        "mkdir -p from/d && : >from/d/f && setfattr -n user.of-file -v \"$(printf 'a\\nb')\""
            + " from/d/f && setfattr -n user.empty from/d/f && setfattr -n user.of-folder -v x"
            + " from/d");
    copy("from", "to");
    String look = " && find . -exec getfattr -d -m - {} + | LC_ALL=C sort";
    assertThat(sh("cd to" + look)).isEqualTo(sh("cd from" + look)).contains("user.of-folder");
  }

  @Test
  void theLastReadIsThatOfTheOriginal() throws Exception {
    sh("mkdir from && : >from/f && touch -a -d @123.456789012 from/f from");
    String before = sh("stat -c %.9X from/f from");
    copy("from", "to");
    assertThat(sh("stat -c %.9X to/f to")).isEqualTo(before).startsWith("123.456789012");
  }

  @Test
  void devicesAndOwnersAreRootsToCopy() throws Exception {
    Assumptions.assumeTrue(OwnIds.isRoot(), "not root");
    sh(
        "mkdir from && mknod from/c c 1 3 && mknod from/b b 259 65537 && : >from/theirs"
            + " && chown 1234:4321 from/theirs && chmod 6755 from/theirs && chown -h 5:6 from/c");
    copy("from", "to");
    assertThat(complaints.toString(UTF_8)).isEmpty();
    String look = "stat -c '%n %t %T %u %g %a %F' * | LC_ALL=C sort";
    assertThat(sh("cd to && " + look)).isEqualTo(sh("cd from && " + look));
  }

  /** More than fit into one listing, and more than a path has room for. */
  @Test
  void manyEntriesAndManyLevels() throws Exception {
    Path from = Files.createDirectory(work.resolve("from"));
    try (TreeMaker maker = new TreeMaker(from)) {
      maker.enter("many").emptyFiles(30_000);
    }
    try (TreeMaker maker = new TreeMaker(from)) {
      for (int i = 0; i < 1200; i++) {
        maker.enter("level" + i % 3).file("f", 1);
      }
    }
    CopyResult result = copy("from", "to");
    assertThat(result.files()).isEqualTo(31_200);
    assertThat(result.errors()).isZero();
    String look =
        " && find . -printf '%p %T@ ' \\( -type d -printf '\\n' -o -printf '%s\\n' \\)"
            + " | LC_ALL=C sort | md5sum";
    assertThat(sh("cd to" + look)).isEqualTo(sh("cd from" + look));
    // JUnit cannot remove paths that are too long.
    sh("rm -rf from to");
  }
}
