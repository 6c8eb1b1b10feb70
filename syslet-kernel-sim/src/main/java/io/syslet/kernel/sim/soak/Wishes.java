package io.syslet.kernel.sim.soak;

import static io.syslet.Errno.EAGAIN;
import static io.syslet.Errno.EBADF;
import static io.syslet.Errno.EEXIST;
import static io.syslet.Errno.EFAULT;
import static io.syslet.Errno.EINVAL;
import static io.syslet.Errno.EIO;
import static io.syslet.Errno.EISDIR;
import static io.syslet.Errno.ELOOP;
import static io.syslet.Errno.ENOENT;
import static io.syslet.Errno.ENOSPC;
import static io.syslet.Errno.ENOSYS;
import static io.syslet.Errno.ENOTDIR;
import static io.syslet.Errno.ETIMEDOUT;

import io.syslet.Nr;
import io.syslet.Stat;
import io.syslet.Sys;
import io.syslet.kernel.sim.File;
import io.syslet.kernel.sim.SimProcess;
import io.syslet.kernel.sim.soak.Wish.Wait;
import io.syslet.ring.Memory;
import java.util.SplittableRandom;

/** Calls at random. */
final class Wishes {
  private static final long ANY = Long.MAX_VALUE;
  private static final int[] NO_ERRORS = {};
  private static final int[] DISK = {EIO, ENOSPC};
  private static final int[] PATH = {EIO, ENOSPC, ENOENT, EEXIST, ENOTDIR, EISDIR, ELOOP, EINVAL};
  private static final int FUTEX_WAIT = 0;
  private static final int FUTEX_WAKE = 1;
  private static final int PRIVATE = 128;
  private static final long SHORT_NANOS = 3_000_000;
  private static final long UNKNOWN = 509;
  private static final long NO_DESCRIPTOR = 999;

  private final World world;
  private final SplittableRandom random;

  Wishes(World world, SplittableRandom random) {
    this.world = world;
    this.random = random;
  }

  /** Any call. */
  Wish any() {
    return switch (random.nextInt(20)) {
      case 0, 1 -> plain();
      case 2, 3, 4 -> nap();
      case 5, 6, 7, 8 -> read();
      case 9, 10, 11 -> write();
      case 12 -> poll();
      case 13 -> epoll();
      case 14 -> random.nextBoolean() ? futexWait() : futexWake();
      case 15 -> setTimer();
      case 16, 17 -> ofFile();
      case 18 -> ofPath();
      default -> wrong();
    };
  }

  private Wish plain() {
    return switch (random.nextInt(3)) {
      case 0 -> Wish.of("getpid", Nr.GETPID, SimProcess.ID, SimProcess.ID, NO_ERRORS);
      case 1 ->
          Wish.of(
              "clock_gettime", Nr.CLOCK_GETTIME, 0, 0, NO_ERRORS, random.nextInt(2), world.junk);
      default -> Wish.of("sched_yield", Nr.SCHED_YIELD, 0, 0, NO_ERRORS);
    };
  }

  private Wish nap() {
    long time = time(random.nextLong(SHORT_NANOS));
    return Wish.of("nanosleep", Nr.NANOSLEEP, 0, 0, NO_ERRORS, time, 0);
  }

  /** A read that may block. */
  Wish read() {
    Source source = world.source(random);
    if (source.kind != Source.Kind.PIPE) {
      return Wish.waiting(
          "read", Nr.READ, Wait.READ, source, 8, 8, NO_ERRORS, source.in, junk(), 8);
    }
    int length = 1 + random.nextInt(random.nextInt(4) == 0 ? 40_000 : 200);
    return Wish.waiting(
        "read", Nr.READ, Wait.READ, source, 1, length, NO_ERRORS, source.in, junk(), length);
  }

  private Wish write() {
    Source source = world.source(random);
    return switch (source.kind) {
      case PIPE -> writeToPipe(source);
      case EVENTFD ->
          Wish.waiting(
              "write", Nr.WRITE, Wait.WRITE, source, 8, 8, NO_ERRORS, source.out, world.one, 8);
      case TIMER -> nap();
    };
  }

  private Wish writeToPipe(Source pipe) {
    int length = 1 + random.nextInt(random.nextInt(3) == 0 ? World.ZONE : 3000);
    return Wish.waiting(
        "write", Nr.WRITE, Wait.WRITE, pipe, 1, length, NO_ERRORS, pipe.out, world.zone, length);
  }

  private Wish poll() {
    Source source = world.source(random);
    long fds = world.small(8);
    Memory.putInt(fds, source.in);
    Memory.putInt(fds + 4, File.POLLIN);
    boolean forEver = random.nextBoolean();
    long time = forEver ? 0 : time(random.nextLong(SHORT_NANOS));
    long[] arguments = {fds, 1, time, 0, 8};
    return forEver
        ? Wish.waiting("ppoll", Nr.PPOLL, Wait.POLL, source, 1, 1, NO_ERRORS, arguments)
        : Wish.of("ppoll", Nr.PPOLL, 0, 1, NO_ERRORS, arguments);
  }

  private Wish epoll() {
    int most = 1 + random.nextInt(4);
    long millis = random.nextBoolean() ? -1 : random.nextInt(4);
    long[] arguments = {world.epoll, junk(), most, millis, 0, 8};
    return millis < 0
        ? Wish.waiting(
            "epoll_pwait", Nr.EPOLL_PWAIT, Wait.EPOLL, null, 1, most, NO_ERRORS, arguments)
        : Wish.of("epoll_pwait", Nr.EPOLL_PWAIT, 0, most, NO_ERRORS, arguments);
  }

  private Wish futexWait() {
    long word = world.futex;
    int value = Memory.getInt(word) + (random.nextInt(5) == 0 ? 1 : 0);
    boolean forEver = random.nextBoolean();
    long time = forEver ? 0 : time(random.nextLong(SHORT_NANOS));
    int[] errors = forEver ? new int[] {EAGAIN} : new int[] {EAGAIN, ETIMEDOUT};
    return Wish.waiting(
        "futex wait",
        Nr.FUTEX,
        Wait.FUTEX,
        null,
        0,
        0,
        errors,
        word,
        FUTEX_WAIT | PRIVATE,
        value,
        time);
  }

  private Wish futexWake() {
    if (random.nextBoolean()) {
      Memory.putInt(world.futex, Memory.getInt(world.futex) + 1);
    }
    int most = 1 + random.nextInt(3);
    return Wish.of(
        "futex wake", Nr.FUTEX, 0, most, NO_ERRORS, world.futex, FUTEX_WAKE | PRIVATE, most);
  }

  private Wish setTimer() {
    long set = world.small(32);
    Memory.putLong(set + 24, random.nextInt(4) == 0 ? 0 : 1 + random.nextLong(SHORT_NANOS));
    return Wish.of(
        "timerfd_settime", Nr.TIMERFD_SETTIME, 0, 0, NO_ERRORS, world.timer.in, 0, set, 0);
  }

  private Wish ofFile() {
    int file = world.file(random);
    int length = 1 + random.nextInt(20_000);
    long at = random.nextInt(100_000);
    return switch (random.nextInt(5)) {
      case 0 -> Wish.of("pread64", Nr.PREAD64, 0, length, DISK, file, junk(), length, at);
      case 1 -> Wish.of("pwrite64", Nr.PWRITE64, 1, length, DISK, file, world.zone, length, at);
      case 2 -> Wish.of("fsync", Nr.FSYNC, 0, 0, DISK, file);
      case 3 -> Wish.of("ftruncate", Nr.FTRUNCATE, 0, 0, DISK, file, at);
      default -> Wish.of("getdents64", Nr.GETDENTS64, 0, 4096, DISK, world.root, junk(), 4096);
    };
  }

  private Wish ofPath() {
    long path = world.name(random);
    long cwd = Sys.AT_FDCWD;
    return switch (random.nextInt(6)) {
      case 0 ->
          Wish.of("statx", Nr.STATX, 0, 0, PATH, cwd, path, 0, Stat.STATX_BASIC_STATS, junk());
      case 1 -> Wish.of("mkdirat", Nr.MKDIRAT, 0, 0, PATH, cwd, path, 0755);
      case 2 -> Wish.of("unlinkat", Nr.UNLINKAT, 0, 0, PATH, cwd, path, 0);
      case 3 -> Wish.of("rmdir", Nr.UNLINKAT, 0, 0, PATH, cwd, path, Stat.AT_REMOVEDIR);
      case 4 ->
          Wish.of("renameat2", Nr.RENAMEAT2, 0, 0, PATH, cwd, path, cwd, world.name(random), 0);
      default -> Wish.of("symlinkat", Nr.SYMLINKAT, 0, 0, PATH, world.name(random), cwd, path);
    };
  }

  /** Makes a descriptor: only where the answer is learnt. */
  Wish open() {
    return switch (random.nextInt(3)) {
      case 0 -> Wish.of("eventfd2", Nr.EVENTFD2, 0, ANY, NO_ERRORS, random.nextInt(3), 0);
      case 1 -> Wish.of("dup", Nr.DUP, 0, ANY, NO_ERRORS, world.source(random).in);
      default ->
          Wish.of(
              "openat",
              Nr.OPENAT,
              0,
              ANY,
              PATH,
              Sys.AT_FDCWD,
              world.name(random),
              Sys.O_RDWR | Sys.O_CREAT,
              0644);
    };
  }

  /** A call that fails at once. */
  private Wish wrong() {
    long bad = 8;
    return switch (random.nextInt(4)) {
      case 0 -> Wish.of("bad write", Nr.WRITE, 0, -1, new int[] {EFAULT}, world.pipe.out, bad, 1);
      case 1 -> Wish.of("bad nap", Nr.NANOSLEEP, 0, -1, new int[] {EFAULT}, bad, 0);
      case 2 -> Wish.of("bad fd", Nr.READ, 0, -1, new int[] {EBADF}, NO_DESCRIPTOR, junk(), 1);
      default -> Wish.of("no call", UNKNOWN, 0, -1, new int[] {ENOSYS});
    };
  }

  private long time(long nanos) {
    long at = world.small(16);
    Memory.putLong(at + 8, nanos);
    return at;
  }

  private long junk() {
    return world.junk;
  }
}
