package io.syslet.examples.sim;

import io.syslet.CString;
import io.syslet.Dirent;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Stat;
import io.syslet.Sys;
import io.syslet.ring.Memory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/** One of two kernels that do the same: its descriptors by slots, and some memory. */
final class Side {
  static final int SLOTS = 8;
  static final int BUFFER = 1 << 16;

  final Kernel kernel;
  final String root;
  final long buffer;
  private final long path;
  private final long second;
  private final int[] fds = new int[SLOTS];

  /**
   * A side.
   *
   * @param root the directory in which it works; slot 0 has it open.
   */
  Side(Kernel kernel, String root) {
    this.kernel = kernel;
    this.root = root;
    buffer = kernel.arena().allocate(BUFFER, 4096).address();
    path = kernel.arena().allocate(8192).address();
    second = kernel.arena().allocate(8192).address();
    Arrays.fill(fds, -1);
    fds[0] = (int) call(Nr.OPENAT, Sys.AT_FDCWD, path(root), Sys.O_RDONLY | Sys.O_DIRECTORY);
    if (fds[0] < 0) {
      throw new IllegalStateException("no " + root + ": " + fds[0]);
    }
  }

  long call(long nr, long... arguments) {
    long[] a = Arrays.copyOf(arguments, 6);
    return kernel.syscall(nr, a[0], a[1], a[2], a[3], a[4], a[5]);
  }

  /** A path in memory, until the next. */
  long path(String text) {
    CString.put(path, text.getBytes(StandardCharsets.UTF_8));
    return path;
  }

  /** Another path, for calls that take two. */
  long second(String text) {
    CString.put(second, text.getBytes(StandardCharsets.UTF_8));
    return second;
  }

  int fd(int slot) {
    return fds[slot];
  }

  /** Keeps a descriptor in a slot, whose old one is closed: 0, or the −errno. */
  long keep(int slot, long fd) {
    if (fd < 0) {
      return fd;
    }
    long closed = fds[slot] < 0 || fds[slot] == fd ? 0 : call(Nr.CLOSE, fds[slot]);
    fds[slot] = (int) fd;
    return closed;
  }

  long close(int slot) {
    long closed = call(Nr.CLOSE, fds[slot]);
    fds[slot] = -1;
    return closed;
  }

  void closeAll() {
    for (int i = 0; i < SLOTS; i++) {
      if (fds[i] >= 0) {
        close(i);
      }
    }
  }

  /** A result, and the bytes that were read. */
  String read(long result) {
    byte[] bytes = new byte[Math.clamp(result, 0, BUFFER)];
    CString.copyTo(buffer, bytes, 0, bytes.length);
    return result + " " + Arrays.hashCode(bytes);
  }

  /** What of a {@code struct statx} does not depend on the file system. */
  String statx(long result) {
    if (result < 0) {
      return Long.toString(result);
    }
    Stat stat = new Stat().wrap(buffer);
    String links = stat.isDirectory() ? "" : stat.nlink() + " links " + stat.size() + " bytes ";
    return result + " " + links + Integer.toOctalString(stat.mode()) + " " + stat.uid();
  }

  /** The same of a {@code struct stat}. */
  String stat(long result) {
    if (result < 0) {
      return Long.toString(result);
    }
    boolean x86 = Nr.OPEN >= 0;
    int mode = Memory.getInt(buffer + (x86 ? 24 : 16));
    int uid = Memory.getInt(buffer + (x86 ? 28 : 24));
    boolean directory = (mode & Stat.S_IFMT) == Stat.S_IFDIR;
    String size = directory ? "" : Memory.getLong(buffer + 48) + " bytes ";
    return result + " " + size + Integer.toOctalString(mode) + " " + uid;
  }

  /** The names and types in a directory, sorted. */
  String list(int slot, int length) {
    Set<String> names = new TreeSet<>();
    long moved = call(Nr.LSEEK, fd(slot), 0, 0);
    long n = moved;
    do {
      n = moved < 0 ? moved : call(Nr.GETDENTS64, fd(slot), buffer, length);
      Dirent dirent = new Dirent().wrap(buffer, Math.max(0, n));
      while (dirent.next()) {
        names.add(CString.toString(dirent.nameAddress(), 256) + ":" + dirent.type());
      }
    } while (n > 0);
    if (moved >= 0) {
      call(Nr.LSEEK, fd(slot), 0, 0);
    }
    return n + " " + names;
  }

  /** A {@code struct iovec} array over pieces of the buffer: its address. */
  long vectors(int count, int length) {
    long at = buffer + BUFFER - 16L * 8;
    for (int i = 0; i < count; i++) {
      Memory.putLong(at + 16L * i, buffer + (long) i * length);
      Memory.putLong(at + 16L * i + 8, length);
    }
    return at;
  }

  /** Fills the buffer with bytes that follow from a number. */
  void fill(int seed) {
    for (int i = 0; i < BUFFER; i += 8) {
      Memory.putLong(buffer + i, (seed + i) * 0x9e3779b97f4a7c15L);
    }
  }
}
