package io.syslet.kernel.sim.fs;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.CString;
import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Stat;
import io.syslet.Sys;
import io.syslet.Task;
import io.syslet.kernel.sim.Fault;
import io.syslet.kernel.sim.SimInstaller;
import io.syslet.kernel.sim.SimKernel;
import io.syslet.kernel.sim.SimOptions;
import io.syslet.kernel.sim.disk.Disk;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * Several tasks change the same few names, with caches so small that nearly every call sleeps, and
 * with faults: no call says what it cannot, and the file system is sound at the end.
 */
class ManyTasksTest {
  private static final int SEEDS = Boolean.getBoolean("syslet.long") ? 500 : 12;
  private static final long FIRST = Long.getLong("syslet.seed", 1);
  private static final int TASKS = 6;
  private static final int CALLS = 250;
  private static final String[] NAMES = {"a", "b", "c", "a/b", "a/c", "b/a", "c/b", "a/b/c"};

  /** What these calls may answer when names come and go, and disks fail. */
  private static final Set<Integer> POSSIBLE =
      Set.of(
          Errno.EIO,
          Errno.ENOENT,
          Errno.EEXIST,
          Errno.ENOTDIR,
          Errno.EISDIR,
          Errno.ENOSPC,
          Errno.ENOTEMPTY,
          Errno.EINVAL,
          Errno.EPERM,
          Errno.ELOOP,
          Errno.EBUSY,
          Errno.EBADF);

  @Test
  void theFileSystemStaysSound() throws Exception {
    for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
      String first = run(seed);
      if (seed == FIRST) {
        assertThat(run(seed)).as("the same seed does the same").isEqualTo(first);
      }
    }
  }

  private static String run(long seed) throws Exception {
    AtomicReference<SimFs> made = new AtomicReference<>();
    SimInstaller installer =
        (machine, process, calls) -> {
          SimFs fs = new SimFs(machine, Disk.ssd(machine), FsOptions.of(seed, 60).caches(64, 64));
          fs.register(calls);
          made.set(fs);
        };
    SimOptions options =
        SimOptions.defaults()
            .seed(seed)
            .fault(Fault.EIO, 60)
            .fault(Fault.ENOSPC, 40)
            .fault(Fault.LATENCY_SPIKE, 50)
            .fault(Fault.SPURIOUS_WAKE, 10);
    try (SimKernel kernel = SimKernel.boot(options, installer)) {
      SimFs fs = Objects.requireNonNull(made.get());
      List<Task> tasks = new ArrayList<>();
      for (int i = 0; i < TASKS; i++) {
        SplittableRandom random = new SplittableRandom(seed * 100 + i);
        tasks.add(kernel.start(k -> calls(k, random, fs, seed)));
      }
      for (Task task : tasks) {
        task.join();
      }
      long synced = -1;
      while (synced != 0) {
        long fd = kernel.syscall(Nr.OPENAT, Sys.AT_FDCWD, path(kernel, "/"), 0, 0, 0, 0);
        synced = fd < 0 ? fd : kernel.syscall(Nr.SYNCFS, fd, 0, 0);
        kernel.syscall(Nr.CLOSE, fd, 0, 0);
      }
      assertThat(fs.counters().unwritten()).isZero();
      Fsck.check(fs);
      return kernel.traceSha256();
    }
  }

  private static long path(Kernel kernel, String text) {
    return CString.allocate(kernel.arena(), text);
  }

  private static void calls(Kernel kernel, SplittableRandom random, SimFs fs, long seed) {
    long first = path(kernel, " ".repeat(64));
    long second = path(kernel, " ".repeat(64));
    long buffer = kernel.arena().allocate(16_384, 8).address();
    long fd = -1;
    for (int i = 0; i < CALLS; i++) {
      CString.put(first, name(random));
      CString.put(second, name(random));
      if (random.nextInt(20) == 0) {
        fs.drop(SimFs.PAGES | SimFs.NAMES);
      }
      long result = call(kernel, random, fd, first, second, buffer);
      if (result >= OPENED) {
        if (fd >= 0) {
          kernel.syscall(Nr.CLOSE, fd, 0, 0);
        }
        fd = result - OPENED;
      }
      assertThat(result >= 0 || POSSIBLE.contains((int) -result))
          .as("-Dsyslet.seed=%d: %s", seed, Errno.name((int) -result))
          .isTrue();
    }
    if (fd >= 0) {
      kernel.syscall(Nr.CLOSE, fd, 0, 0);
    }
  }

  private static final long OPENED = 1L << 32;

  private static byte[] name(SplittableRandom random) {
    String name = "/" + NAMES[random.nextInt(NAMES.length)];
    return name.getBytes(StandardCharsets.UTF_8);
  }

  private static long call(
      Kernel k, SplittableRandom random, long fd, long first, long second, long buffer) {
    int cwd = Sys.AT_FDCWD;
    int size = 1 + random.nextInt(16_000);
    return switch (random.nextInt(14)) {
      case 0, 1 -> k.syscall(Nr.MKDIRAT, cwd, first, 0755);
      case 2, 3 -> opened(k.syscall(Nr.OPENAT, cwd, first, Sys.O_CREAT | Sys.O_RDWR, 0644, 0, 0));
      case 4 -> opened(k.syscall(Nr.OPENAT, cwd, first, Sys.O_RDONLY, 0, 0, 0));
      case 5 -> k.syscall(Nr.UNLINKAT, cwd, first, 0);
      case 6 -> k.syscall(Nr.UNLINKAT, cwd, first, Stat.AT_REMOVEDIR);
      case 7 -> k.syscall(Nr.RENAMEAT2, cwd, first, cwd, second, random.nextInt(3), 0);
      case 8 -> k.syscall(Nr.LINKAT, cwd, first, cwd, second, 0, 0);
      case 9 -> k.syscall(Nr.STATX, cwd, first, 0, 0x7ff, buffer, 0);
      case 10 -> k.syscall(Nr.PWRITE64, fd, buffer, size, random.nextInt(30_000), 0, 0);
      case 11 -> k.syscall(Nr.PREAD64, fd, buffer, size, random.nextInt(30_000), 0, 0);
      case 12 -> k.syscall(Nr.FTRUNCATE, fd, size, 0);
      default -> k.syscall(random.nextBoolean() ? Nr.GETDENTS64 : Nr.FSYNC, fd, buffer, 4096);
    };
  }

  private static long opened(long fd) {
    return fd < 0 ? fd : OPENED + fd;
  }
}
