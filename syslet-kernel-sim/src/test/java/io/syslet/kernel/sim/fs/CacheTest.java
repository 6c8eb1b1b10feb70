package io.syslet.kernel.sim.fs;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Stat;
import io.syslet.Sys;
import io.syslet.kernel.sim.Fault;
import io.syslet.ring.Memory;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is known costs no read, what is not costs one, and what is dropped is not known. */
class CacheTest {
  private static final FsOptions SMALL = FsOptions.of(Rig.SEED, 1000);

  private static String firstFile(Rig rig) {
    return TreeTest.list(rig).stream()
        .map(line -> line.substring(line.indexOf(' ') + 1))
        .filter(path -> isLarge(rig, path))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isLarge(Rig rig, String path) {
    Stat stat = stat(rig, path);
    return stat.isRegular() && stat.size() > 100_000;
  }

  private static Stat stat(Rig rig, String path) {
    Stat stat = new Stat().wrap(rig.memory(Stat.LENGTH));
    assertThat(statx(rig, "/" + path, stat.address())).isZero();
    return stat;
  }

  private static long statx(Rig rig, String path, long to) {
    long flags = Stat.AT_SYMLINK_NOFOLLOW;
    return rig.call(Nr.STATX, Sys.AT_FDCWD, rig.path(path), flags, 0x7ff, to);
  }

  private static long open(Rig rig, String path, int flags) {
    return rig.call(Nr.OPENAT, Sys.AT_FDCWD, rig.path("/" + path), flags, 0644);
  }

  @Test
  void theSecondStatReadsNothingAndADropMakesItCold() {
    try (Rig rig = new Rig(SMALL)) {
      String path = firstFile(rig);
      long warm = rig.disk.counters().reads();
      assertThat(warm).isPositive();
      stat(rig, path);
      assertThat(rig.disk.counters().reads()).isEqualTo(warm);
      assertThat(rig.fs.drop(SimFs.PAGES)).isPositive();
      stat(rig, path);
      assertThat(rig.disk.counters().reads()).as("dentries do").isEqualTo(warm);
      assertThat(rig.fs.drop(SimFs.NAMES)).isPositive();
      stat(rig, path);
      assertThat(rig.disk.counters().reads()).isGreaterThan(warm);
    }
  }

  @Test
  void aNameThatIsNotThereIsRememberedToo() {
    try (Rig rig = new Rig(SMALL)) {
      long to = rig.memory(Stat.LENGTH);
      assertThat(statx(rig, "/none", to)).isEqualTo(-Errno.ENOENT);
      rig.fs.drop(SimFs.PAGES);
      long reads = rig.disk.counters().reads();
      assertThat(statx(rig, "/none", to)).isEqualTo(-Errno.ENOENT);
      assertThat(rig.disk.counters().reads()).isEqualTo(reads);
      assertThat(open(rig, "none", Sys.O_CREAT | Sys.O_WRONLY)).isNotNegative();
      assertThat(statx(rig, "/none", to)).isZero();
    }
  }

  @Test
  void oneReadServesAllWhoWantThePage() {
    try (Rig rig = new Rig(SMALL)) {
      String path = firstFile(rig);
      long fd = open(rig, path, Sys.O_RDONLY);
      long buffer = rig.memory(8192);
      long reads = rig.disk.counters().reads();
      AtomicInteger inner = new AtomicInteger();
      rig.machine.at(
          rig.machine.now() + 1000,
          () -> inner.set((int) rig.call(Nr.PREAD64, fd, buffer + 4096, 100, 8192)));
      assertThat(rig.call(Nr.PREAD64, fd, buffer, 100, 8192)).isEqualTo(100);
      assertThat(inner).hasValue(100);
      assertThat(rig.disk.counters().reads()).isEqualTo(reads + 1);
      assertThat(rig.machine.sleeps()).isGreaterThanOrEqualTo(2);
      assertThat(Memory.getLong(buffer)).isEqualTo(Memory.getLong(buffer + 4096));
    }
  }

  @Test
  void readingInOrderReadsAhead() {
    try (Rig rig = new Rig(SMALL)) {
      String path = firstFile(rig);
      int pages = (int) (stat(rig, path).size() / 4096);
      long fd = open(rig, path, Sys.O_RDONLY);
      long reads = rig.disk.counters().reads();
      long buffer = rig.memory(4096);
      for (int i = 0; i < pages; i++) {
        assertThat(rig.call(Nr.READ, fd, buffer, 4096)).isEqualTo(4096);
      }
      assertThat(rig.disk.counters().reads() - reads).isLessThan(pages / 3);
    }
  }

  @Test
  void whatIsNotUsedGoesFirst() {
    try (Rig rig = new Rig(SMALL.caches(64, 64))) {
      String path = firstFile(rig);
      assertThat(rig.fs.counters().evicted()).isPositive();
      assertThat(rig.fs.counters().pages()).isLessThanOrEqualTo(64);
      assertThat(rig.fs.counters().dentries()).isLessThanOrEqualTo(64);
      stat(rig, path);
      long reads = rig.disk.counters().reads();
      TreeTest.list(rig);
      stat(rig, path);
      assertThat(rig.disk.counters().reads()).isGreaterThan(reads + 16);
    }
  }

  @Test
  void whoMustNotBlockIsToldSoAndChangesNothing() {
    try (Rig rig = new Rig(SMALL)) {
      String path = firstFile(rig);
      long fd = open(rig, path, Sys.O_RDONLY);
      long vector = rig.memory(16);
      long buffer = rig.memory(4096);
      Memory.putLong(vector, buffer);
      Memory.putLong(vector + 8, 4096);
      rig.machine.mayBlock(false);
      rig.fs.drop(SimFs.PAGES | SimFs.NAMES);
      assertThat(statx(rig, "/" + path, rig.memory(256))).isEqualTo(-Errno.EAGAIN);
      assertThat(rig.call(Nr.READ, fd, buffer, 4096)).isEqualTo(-Errno.EAGAIN);
      assertThat(rig.call(Nr.LSEEK, fd, 0, 1)).isZero();
      assertThat(rig.call(Nr.PREADV2, fd, vector, 1, 65_536, 0, Sys.RWF_NOWAIT))
          .isEqualTo(-Errno.EAGAIN);
      rig.machine.settle();
      assertThat(rig.call(Nr.PREADV2, fd, vector, 1, 65_536, 0, Sys.RWF_NOWAIT)).isEqualTo(4096);
    }
  }

  @Test
  void cachedOnlyOpensOnlyWhatIsCached() {
    try (Rig rig = new Rig(SMALL)) {
      String path = firstFile(rig);
      long how = rig.memory(24);
      Memory.putLong(how + 16, Sys.RESOLVE_CACHED);
      long name = rig.path("/" + path);
      assertThat(rig.call(Nr.OPENAT2, Sys.AT_FDCWD, name, how, 24)).isNotNegative();
      rig.fs.drop(SimFs.NAMES);
      assertThat(rig.call(Nr.OPENAT2, Sys.AT_FDCWD, rig.path("/x/y"), how, 24))
          .isEqualTo(-Errno.EAGAIN);
    }
  }

  @Test
  void aFailedReadIsEioForThatCallAndTriedAgainByTheNext() {
    try (Rig rig = new Rig(SMALL, Map.of(Fault.EIO, 2))) {
      long root = open(rig, "", Sys.O_RDONLY | Sys.O_DIRECTORY);
      long buffer = rig.memory(4096);
      int failed = 0;
      int read = 0;
      for (int i = 0; i < 40; i++) {
        rig.fs.drop(SimFs.PAGES | SimFs.NAMES);
        assertThat(rig.call(Nr.LSEEK, root, 0, 0)).isZero();
        long n = rig.call(Nr.GETDENTS64, root, buffer, 4096);
        failed += n == -Errno.EIO ? 1 : 0;
        read += n > 0 ? 1 : 0;
      }
      assertThat(failed + read).isEqualTo(40);
      assertThat(failed).isBetween(8, 32);
      assertThat(rig.disk.counters().errors()).isEqualTo(failed);
    }
  }

  @Test
  void whatIsWrittenGetsToTheDiskByItselfAndBySync() {
    try (Rig rig = new Rig(SMALL)) {
      long fd = open(rig, "new", Sys.O_CREAT | Sys.O_RDWR);
      long buffer = rig.memory(65_536);
      assertThat(rig.call(Nr.WRITE, fd, buffer, 65_536)).isEqualTo(65_536);
      assertThat(rig.disk.counters().writes()).isZero();
      assertThat(rig.fs.counters().unwritten()).isGreaterThanOrEqualTo(16);
      rig.machine.settle();
      assertThat(rig.fs.counters().unwritten()).isZero();
      long writes = rig.disk.counters().writes();
      assertThat(writes).isPositive();
      assertThat(rig.call(Nr.PWRITE64, fd, buffer, 4096, 0)).isEqualTo(4096);
      assertThat(rig.call(Nr.FSYNC, fd)).isZero();
      assertThat(rig.disk.counters().writes()).isGreaterThan(writes);
    }
  }

  @Test
  void aFullFileSystemIsEnospcUntilSomethingIsRemoved() {
    FsOptions tiny = FsOptions.of(Rig.SEED, 30).blocks(2048);
    try (Rig rig = new Rig(tiny)) {
      long fd = open(rig, "big", Sys.O_CREAT | Sys.O_RDWR);
      long buffer = rig.memory(1 << 20);
      long last = 1;
      long total = 0;
      while (last > 0) {
        last = rig.call(Nr.WRITE, fd, buffer, 1 << 20);
        total += Math.max(0, last);
      }
      assertThat(last).isEqualTo(-Errno.ENOSPC);
      assertThat(total).isBetween(1L << 20, 2048L * 4096);
      assertThat(rig.call(Nr.MKDIRAT, Sys.AT_FDCWD, rig.path("/d"), 0755)).isEqualTo(-Errno.ENOSPC);
      assertThat(rig.call(Nr.FTRUNCATE, fd, 0)).isZero();
      assertThat(rig.call(Nr.MKDIRAT, Sys.AT_FDCWD, rig.path("/d"), 0755)).isZero();
    }
  }
}
