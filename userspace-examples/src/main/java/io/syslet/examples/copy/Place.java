package io.syslet.examples.copy;

import io.syslet.CString;
import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Stat;
import io.syslet.Sys;
import io.syslet.examples.PathRefusedException;
import java.lang.foreign.Arena;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Where a copy is to be. */
final class Place {
  private static final int FLAGS = Sys.O_PATH | Sys.O_DIRECTORY | Sys.O_CLOEXEC;
  private static final byte[] HERE = {'.'};
  private static final byte[] UP = {'.', '.'};
  private static final byte[] NOTHING = {};

  /** The directory that will hold it, open. */
  final int fd;

  /** The path of that, to be shown; empty for the working directory. */
  final byte[] directory;

  /** The name of the copy there. */
  final byte[] name;

  private Place(int fd, byte[] directory, byte[] name) {
    this.fd = fd;
    this.directory = directory;
    this.name = name;
  }

  /** The place of a copy; plain calls. */
  static Place find(Kernel kernel, byte[] from, byte[] to) throws PathRefusedException {
    try (Arena arena = Arena.ofConfined()) {
      return new Finder(kernel, arena).find(from, to);
    }
  }

  /** The calls. */
  private record Finder(Kernel kernel, Arena arena) {
    Place find(byte[] from, byte[] to) throws PathRefusedException {
      Found original = found(Sys.AT_FDCWD, from);
      if (original == null) {
        throw PathRefusedException.of(from, (int) -stat(Sys.AT_FDCWD, from, Stat.allocate(arena)));
      }
      Place place = place(to);
      Found there = found(place.fd, place.name);
      if (there != null && there.is(original)) {
        throw new PathRefusedException(to, "is what is to be copied");
      }
      if (original.type() == Stat.S_IFDIR) {
        refuseInside(from, original, to, place, there);
      }
      return place;
    }

    private Place place(byte[] to) throws PathRefusedException {
      int end = to.length;
      if (end > 0 && to[end - 1] == '/') {
        long fd = open(Sys.AT_FDCWD, to);
        if (fd >= 0) {
          return new Place((int) fd, to, HERE);
        }
      }
      while (end > 0 && to[end - 1] == '/') {
        end--;
      }
      int slash = end;
      while (slash > 0 && to[slash - 1] != '/') {
        slash--;
      }
      byte[] directory = Arrays.copyOf(to, slash);
      long fd = open(Sys.AT_FDCWD, slash == 0 ? HERE : directory);
      if (fd < 0 || end == 0) {
        throw PathRefusedException.of(to, fd < 0 ? (int) -fd : Errno.ENOENT);
      }
      return new Place((int) fd, directory, Arrays.copyOfRange(to, slash, end));
    }

    private void refuseInside(
        byte[] from, Found original, byte[] to, Place place, @Nullable Found there)
        throws PathRefusedException {
      if (isBelow(open(place.fd, HERE), original)) {
        throw new PathRefusedException(to, "is inside of what is to be copied");
      }
      if (there != null && isBelow(open(Sys.AT_FDCWD, from), there)) {
        throw new PathRefusedException(from, "is inside of where it is to be copied to");
      }
    }

    /** Whether an open directory, which is closed, is another one or below it. */
    private boolean isBelow(long fd, Found other) {
      long at = fd;
      Found last = null;
      while (at >= 0) {
        Found here = found((int) at, NOTHING);
        boolean isRoot = here == null || (last != null && last.is(here));
        long up = isRoot ? -1 : open((int) at, UP);
        Sys.close(kernel, (int) at);
        if (here != null && here.is(other)) {
          close(up);
          return true;
        }
        last = here;
        at = up;
      }
      return false;
    }

    private void close(long fd) {
      if (fd >= 0) {
        Sys.close(kernel, (int) fd);
      }
    }

    private long open(int dirfd, byte[] path) {
      return Sys.openat(kernel, dirfd, CString.allocate(arena, path), FLAGS, 0);
    }

    private @Nullable Found found(int dirfd, byte[] path) {
      Stat stat = Stat.allocate(arena);
      return stat(dirfd, path, stat) < 0 ? null : Found.of(stat);
    }

    private long stat(int dirfd, byte[] path, Stat stat) {
      int flags = Stat.AT_SYMLINK_NOFOLLOW | (path.length == 0 ? Stat.AT_EMPTY_PATH : 0);
      return Sys.fstatat(kernel, dirfd, CString.allocate(arena, path), flags, stat);
    }
  }
}
