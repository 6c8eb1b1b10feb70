package io.syslet.kernel.sim.fs;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.CString;
import io.syslet.Dirent;
import io.syslet.Nr;
import io.syslet.Stat;
import io.syslet.Sys;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The tree that mkfs makes: it is as large as was asked for, aged, and the same for one seed. */
class TreeTest {
  /** Everything below the root, in the order of readdir: {@code ino path}. */
  static List<String> list(Rig rig) {
    List<String> all = new ArrayList<>();
    long root = rig.call(Nr.OPENAT, Sys.AT_FDCWD, rig.path("/"), Sys.O_RDONLY | Sys.O_DIRECTORY);
    assertThat(root).isNotNegative();
    list(rig, root, "", all);
    assertThat(rig.call(Nr.CLOSE, root)).isZero();
    return all;
  }

  private static void list(Rig rig, long fd, String prefix, List<String> all) {
    long buffer = rig.memory(4096);
    List<String> subs = new ArrayList<>();
    for (long n = rig.call(Nr.GETDENTS64, fd, buffer, 4096); n != 0; ) {
      assertThat(n).isPositive();
      Dirent dirent = new Dirent().wrap(buffer, n);
      while (dirent.next()) {
        if (!dirent.isDotOrDotDot()) {
          String name = CString.toString(dirent.nameAddress(), 256);
          all.add(dirent.ino() + " " + prefix + name);
          if (dirent.type() == Dirent.DT_DIR) {
            subs.add(name);
          }
        }
      }
      n = rig.call(Nr.GETDENTS64, fd, buffer, 4096);
    }
    for (String sub : subs) {
      long child = rig.call(Nr.OPENAT, fd, rig.path(sub), Sys.O_RDONLY | Sys.O_DIRECTORY);
      assertThat(child).isNotNegative();
      list(rig, child, prefix + sub + "/", all);
      assertThat(rig.call(Nr.CLOSE, child)).isZero();
    }
  }

  @Test
  void hasAsManyEntriesAsWereAskedForAndAsManyInodes() {
    try (Rig rig = new Rig(FsOptions.of(Rig.SEED, 5000).costs(FsCosts.none()))) {
      List<String> all = list(rig);
      Set<String> inodes = new HashSet<>();
      all.forEach(line -> inodes.add(line.substring(0, line.indexOf(' '))));
      assertThat(all).hasSize(4999).doesNotHaveDuplicates();
      assertThat(inodes).hasSize(4999);
    }
  }

  @Test
  void isTheSameForTheSameSeedAndAnotherForAnother() {
    List<String> first;
    try (Rig rig = new Rig(FsOptions.of(1, 2000))) {
      first = list(rig);
    }
    try (Rig rig = new Rig(FsOptions.of(1, 2000))) {
      assertThat(list(rig)).isEqualTo(first);
    }
    try (Rig rig = new Rig(FsOptions.of(2, 2000))) {
      assertThat(list(rig)).isNotEqualTo(first);
    }
  }

  /** Linus's point: in the order of readdir inodes jump about. */
  @Test
  void readdirOrderIsNotInodeOrder() {
    try (Rig rig = new Rig(FsOptions.of(Rig.SEED, 3000))) {
      long before = 0;
      int down = 0;
      List<String> all = list(rig);
      for (String line : all) {
        long inode = Long.parseLong(line.substring(0, line.indexOf(' ')));
        down += inode < before ? 1 : 0;
        before = inode;
      }
      assertThat(down).isGreaterThan(all.size() / 3);
    }
  }

  @Test
  void eachNameLeadsToItsInode() {
    try (Rig rig = new Rig(FsOptions.of(Rig.SEED, 2000))) {
      Stat stat = new Stat().wrap(rig.memory(Stat.LENGTH));
      for (String line : list(rig)) {
        int space = line.indexOf(' ');
        long path = rig.path("/" + line.substring(space + 1));
        long status =
            rig.call(Nr.STATX, Sys.AT_FDCWD, path, Stat.AT_SYMLINK_NOFOLLOW, 0x7ff, stat.address());
        assertThat(status).as(line).isZero();
        assertThat(stat.ino()).as(line).isEqualTo(Long.parseLong(line.substring(0, space)));
      }
    }
  }

  @Test
  void aMillionEntriesFit() {
    long start = System.nanoTime();
    SimFs fs;
    try (Rig rig = new Rig(FsOptions.of(Rig.SEED, 1_000_000))) {
      fs = rig.fs;
      System.out.printf(
          "1,000,000 entries: %d blocks, made in %d ms%n",
          fs.blocks(), (System.nanoTime() - start) / 1_000_000);
      assertThat(fs.blocks()).isGreaterThan(1 << 22);
    }
  }
}
