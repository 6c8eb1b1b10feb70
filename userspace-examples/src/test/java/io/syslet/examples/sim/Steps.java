package io.syslet.examples.sim;

import io.syslet.Nr;
import io.syslet.Stat;
import io.syslet.Sys;
import io.syslet.ring.Memory;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Random calls on files: each is drawn once, and can then be made on several sides. */
final class Steps {
  /** A call, and what it is called. */
  record Step(String name, Function<Side, Object> call) {
    Step {
      name = name.replaceAll("x{300,}", "x..").replaceAll("n{250,}", "n..");
    }
  }

  private static final String[] NAMES = {"a", "b", "c", "d"};
  private static final int[] ACCESS = {Sys.O_RDONLY, Sys.O_WRONLY, Sys.O_RDWR, Sys.O_RDWR, 3};
  private static final int[] OPEN = {
    0,
    0,
    Sys.O_CREAT,
    Sys.O_CREAT,
    Sys.O_CREAT,
    Sys.O_CREAT | Sys.O_EXCL,
    Sys.O_CREAT | Sys.O_TRUNC,
    Sys.O_TRUNC,
    Sys.O_APPEND,
    Sys.O_CREAT | Sys.O_APPEND,
    Sys.O_DIRECTORY,
    Sys.O_DIRECTORY,
    Sys.O_NOFOLLOW,
    Sys.O_CREAT | Sys.O_NOFOLLOW,
    Sys.O_PATH,
    Sys.O_PATH | Sys.O_NOFOLLOW,
    Sys.O_DIRECTORY | Sys.O_NOFOLLOW
  };

  private final SplittableRandom random;

  Steps(SplittableRandom random) {
    this.random = random;
  }

  private int pick(int... values) {
    return values[random.nextInt(values.length)];
  }

  private int slot() {
    return random.nextBoolean() ? 0 : random.nextInt(Side.SLOTS);
  }

  /** A slot other than that of the root. */
  private int ownSlot() {
    return 1 + random.nextInt(Side.SLOTS - 1);
  }

  private int size() {
    return pick(0, 1, 10, 100, 1000, 4095, 4096, 4097, 9000, 20_000);
  }

  /**
   * A path that stays below its directory: each dot-dot stands behind a name, and links point below
   * themselves.
   */
  private String path() {
    StringBuilder path = new StringBuilder();
    int components = pick(1, 1, 1, 1, 2, 2, 3);
    for (int i = 0; i < components; i++) {
      path.append(i == 0 ? "" : random.nextInt(12) == 0 ? "//" : "/").append(component());
      if (random.nextInt(12) == 0) {
        path.append(random.nextBoolean() ? "/.." : "/.");
      }
    }
    return switch (random.nextInt(40)) {
      case 0 -> "";
      case 1, 2, 3 -> path + "/";
      case 4 -> path + "x".repeat(4096);
      default -> path.toString();
    };
  }

  private String component() {
    return switch (random.nextInt(60)) {
      case 0 -> "n".repeat(255);
      case 1 -> "n".repeat(256);
      default -> NAMES[random.nextInt(NAMES.length)];
    };
  }

  private String target() {
    String first = NAMES[random.nextInt(NAMES.length)];
    return random.nextInt(3) == 0 ? first + "/" + NAMES[random.nextInt(NAMES.length)] : first;
  }

  Step next() {
    return switch (random.nextInt(30)) {
      case 0, 1, 2, 3, 4 -> open();
      case 5 -> openat2();
      case 6, 7 -> mkdir();
      case 8 -> close();
      case 9, 10 -> read();
      case 11, 12, 13 -> write();
      case 14 -> seek();
      case 15 -> truncate();
      case 16, 17 -> unlink();
      case 18, 19 -> rename();
      case 20 -> link();
      case 21, 22 -> symlink();
      case 23 -> readlink();
      case 24, 25 -> statx();
      case 26 -> access();
      case 27 -> change();
      case 28 -> list();
      default -> descriptor();
    };
  }

  private Step open() {
    int dir = slot();
    int slot = ownSlot();
    int flags = pick(ACCESS) | pick(OPEN);
    int mode = pick(0644, 0600, 0777, 0, 04755);
    String path = path();
    return new Step(
        "open %d <- %d %s %x %o".formatted(slot, dir, path, flags, mode),
        s -> s.keep(slot, s.call(Nr.OPENAT, s.fd(dir), s.path(path), flags, mode)));
  }

  private Step openat2() {
    int dir = slot();
    int slot = ownSlot();
    int flags = pick(0, 0, Sys.O_CREAT | Sys.O_RDWR, Sys.O_PATH, Sys.O_DIRECTORY, Sys.O_NOFOLLOW);
    int mode = (flags & Sys.O_CREAT) != 0 || random.nextInt(8) == 0 ? 0640 : 0;
    int resolve = pick(0, 1, 2, 4, 8, 0x10, 0x18, 0x40, 0xc, 0x14);
    int length = pick(24, 24, 24, 32, 16);
    String path = (random.nextInt(6) == 0 ? "/" : "") + path();
    String way = resolve == 0x10 ? path + (random.nextInt(3) == 0 ? "/../.." : "") : path;
    boolean outside = way.startsWith("/") && (resolve & 0x18) == 0;
    String real = outside ? way.substring(1) : way;
    return new Step(
        "openat2 %d <- %d %s %x %o %x %d".formatted(slot, dir, real, flags, mode, resolve, length),
        s -> {
          Memory.clear(s.buffer, 64);
          Memory.putLong(s.buffer, flags);
          Memory.putLong(s.buffer + 8, mode);
          Memory.putLong(s.buffer + 16, resolve);
          return s.keep(slot, s.call(Nr.OPENAT2, s.fd(dir), s.path(real), s.buffer, length));
        });
  }

  private Step mkdir() {
    int dir = slot();
    int mode = pick(0755, 0755, 0700, 01777);
    String path = path();
    return new Step(
        "mkdir %d %s %o".formatted(dir, path, mode),
        s -> s.call(Nr.MKDIRAT, s.fd(dir), s.path(path), mode));
  }

  private Step close() {
    int slot = ownSlot();
    return new Step("close " + slot, s -> s.close(slot));
  }

  private Step read() {
    int slot = slot();
    int size = size();
    int at = pick(0, 1, 4095, 4096, 5000, 100_000, -1);
    return switch (random.nextInt(3)) {
      case 0 ->
          new Step(
              "read %d %d".formatted(slot, size),
              s -> s.read(s.call(Nr.READ, s.fd(slot), s.buffer, size)));
      case 1 ->
          new Step(
              "pread %d %d %d".formatted(slot, size, at),
              s -> s.read(s.call(Nr.PREAD64, s.fd(slot), s.buffer, size, at)));
      default ->
          new Step(
              "preadv2 %d 3*%d %d".formatted(slot, size, at),
              s -> s.read(s.call(Nr.PREADV2, s.fd(slot), s.vectors(3, size), 3, at, 0, 0)));
    };
  }

  private Step write() {
    int slot = slot();
    int size = size();
    int at = pick(0, 1, 4095, 4096, 5000, 100_000, -1);
    int bytes = random.nextInt();
    int way = random.nextInt(3);
    String name = "write%d %d %d %d".formatted(way, slot, size, at);
    return new Step(
        name,
        s -> {
          s.fill(bytes);
          return switch (way) {
            case 0 -> s.call(Nr.WRITE, s.fd(slot), s.buffer, size);
            case 1 -> s.call(Nr.PWRITE64, s.fd(slot), s.buffer, size, at);
            default -> s.call(Nr.WRITEV, s.fd(slot), s.vectors(3, size), 3);
          };
        });
  }

  private Step seek() {
    int slot = ownSlot();
    int offset = pick(0, 1, -1, -5000, 4096, 70_000);
    int whence = pick(0, 1, 2, 9);
    return new Step(
        "lseek %d %d %d".formatted(slot, offset, whence),
        s -> {
          Stat stat = new Stat().wrap(s.buffer);
          s.call(Nr.STATX, s.fd(slot), s.path(""), Stat.AT_EMPTY_PATH, 0x7ff, s.buffer);
          boolean regular = s.fd(slot) < 0 || stat.isRegular();
          return regular ? s.call(Nr.LSEEK, s.fd(slot), offset, whence) : "no file";
        });
  }

  private Step truncate() {
    int slot = ownSlot();
    int size = pick(0, 1, 100, 4096, 5000, 50_000, -1);
    String path = path();
    return random.nextBoolean()
        ? new Step(
            "ftruncate %d %d".formatted(slot, size), s -> s.call(Nr.FTRUNCATE, s.fd(slot), size))
        : new Step(
            "truncate %s %d".formatted(path, size),
            s -> s.call(Nr.TRUNCATE, s.path(s.root + "/" + path), size));
  }

  private Step unlink() {
    int dir = slot();
    int flags = pick(0, 0, 0, Stat.AT_REMOVEDIR, Stat.AT_REMOVEDIR, 1);
    String path = path();
    return new Step(
        "unlink %d %s %x".formatted(dir, path, flags),
        s -> s.call(Nr.UNLINKAT, s.fd(dir), s.path(path), flags));
  }

  private Step rename() {
    int from = slot();
    int to = slot();
    int flags = pick(0, 0, 0, 1, 2, 3, 8);
    String old = path();
    String path = path();
    return new Step(
        "rename %d %s %d %s %x".formatted(from, old, to, path, flags),
        s -> s.call(Nr.RENAMEAT2, s.fd(from), s.path(old), s.fd(to), s.second(path), flags));
  }

  private Step link() {
    int from = slot();
    int to = slot();
    int flags = pick(0, 0, Stat.AT_SYMLINK_FOLLOW, 1);
    String old = path();
    String path = path();
    return new Step(
        "link %d %s %d %s %x".formatted(from, old, to, path, flags),
        s -> s.call(Nr.LINKAT, s.fd(from), s.path(old), s.fd(to), s.second(path), flags));
  }

  private Step symlink() {
    int dir = slot();
    String target = random.nextInt(20) == 0 ? "" : target();
    String path = path();
    return new Step(
        "symlink %s <- %d %s".formatted(target, dir, path),
        s -> s.call(Nr.SYMLINKAT, s.second(target), s.fd(dir), s.path(path)));
  }

  private Step readlink() {
    int dir = slot();
    int length = pick(0, 2, 100);
    String path = path();
    return new Step(
        "readlink %d %s %d".formatted(dir, path, length),
        s -> s.read(s.call(Nr.READLINKAT, s.fd(dir), s.path(path), s.buffer, length)));
  }

  private Step statx() {
    int dir = slot();
    int flags = pick(0, 0x100, 0x100, Stat.AT_EMPTY_PATH, 1, 0x6000);
    String path = random.nextInt(4) == 0 ? "" : path();
    if (random.nextInt(3) == 0) {
      return new Step(
          "stat %d %s %x".formatted(dir, path, flags),
          s -> s.stat(s.call(Nr.NEWFSTATAT, s.fd(dir), s.path(path), s.buffer, flags)));
    }
    return new Step(
        "statx %d %s %x".formatted(dir, path, flags),
        s -> s.statx(s.call(Nr.STATX, s.fd(dir), s.path(path), flags, 0x7ff, s.buffer)));
  }

  private Step access() {
    int dir = slot();
    int mode = pick(0, 1, 2, 4, 7, 8);
    int flags = pick(0, 0, Stat.AT_EACCESS, Stat.AT_SYMLINK_NOFOLLOW, 1);
    String path = path();
    return new Step(
        "access %d %s %x %x".formatted(dir, path, mode, flags),
        s -> s.call(Nr.FACCESSAT2, s.fd(dir), s.path(path), mode, flags));
  }

  private Step change() {
    int dir = slot();
    int mode = pick(0644, 0600, 0755, 06777, 0);
    String path = path();
    return switch (random.nextInt(4)) {
      case 0 ->
          new Step(
              "chmod %d %s %o".formatted(dir, path, mode),
              s -> s.call(Nr.FCHMODAT, s.fd(dir), s.path(path), mode));
      case 1 ->
          new Step(
              "fchmod %d %o".formatted(dir, mode),
              s -> dir == 0 ? 0L : s.call(Nr.FCHMOD, s.fd(dir), mode | 0700));
      case 2 ->
          new Step(
              "chown %d %s".formatted(dir, path),
              s -> s.call(Nr.FCHOWNAT, s.fd(dir), s.path(path), -1, -1, 0x100));
      default -> times(dir, path);
    };
  }

  private Step times(int dir, String path) {
    long nanos = pick(0, 999_999_999, 1_000_000_000, -1);
    int flags = pick(0, Stat.AT_SYMLINK_NOFOLLOW, 1);
    return new Step(
        "utimens %d %s %d %x".formatted(dir, path, nanos, flags),
        s -> {
          for (int i = 0; i < 2; i++) {
            Memory.putLong(s.buffer + 16L * i, 1_000_000 + i);
            Memory.putLong(s.buffer + 16L * i + 8, nanos);
          }
          long set = s.call(Nr.UTIMENSAT, s.fd(dir), s.path(path), s.buffer, flags);
          Stat stat = new Stat().wrap(s.buffer);
          int nofollow = flags & Stat.AT_SYMLINK_NOFOLLOW;
          long got = s.call(Nr.STATX, s.fd(dir), s.path(path), nofollow, 0x7ff, s.buffer);
          return set + " " + got + (set == 0 ? " " + stat.mtimeSec() + "." + stat.mtimeNsec() : "");
        });
  }

  private Step list() {
    int slot = slot();
    int length = pick(300, 1000, 32_768, 10);
    return new Step("list %d %d".formatted(slot, length), s -> s.list(slot, length));
  }

  private Step descriptor() {
    int slot = slot();
    int to = ownSlot();
    return switch (random.nextInt(6)) {
      case 0 ->
          new Step("dup %d %d".formatted(slot, to), s -> s.keep(to, s.call(Nr.DUP, s.fd(slot))));
      case 1 -> new Step("getfl " + slot, s -> s.call(Nr.FCNTL, s.fd(slot), Sys.F_GETFL));
      case 2 -> new Step("getfd " + slot, s -> s.call(Nr.FCNTL, s.fd(slot), Sys.F_GETFD));
      case 3 ->
          new Step(
              "setfl " + slot,
              s -> s.call(Nr.FCNTL, s.fd(slot), Sys.F_SETFL, Sys.O_APPEND | Sys.O_CREAT));
      case 4 ->
          new Step(
              "dupfd %d %d".formatted(slot, to),
              s -> s.keep(to, s.call(Nr.FCNTL, s.fd(slot), Sys.F_DUPFD_CLOEXEC, 500)));
      default -> new Step("fsync " + slot, s -> s.call(Nr.FSYNC, s.fd(slot)));
    };
  }
}
