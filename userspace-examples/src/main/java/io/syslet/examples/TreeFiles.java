package io.syslet.examples;

import io.syslet.CString;
import io.syslet.Call;
import io.syslet.Calls;
import io.syslet.Dirent;
import io.syslet.Stat;
import io.syslet.Sys;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The regular files of a tree, by their paths, in the order in which the listings come; several
 * directories are listed at once, and none while plenty of files wait. Symbolic links are not
 * followed, but for the first directory. A path that is too long for a call is named as an error.
 */
public final class TreeFiles implements Heads.Source {
  private static final int FLAGS = Sys.O_RDONLY | Sys.O_DIRECTORY | Sys.O_CLOEXEC;

  /** Directories open at once. */
  private static final int AT_ONCE = 16;

  /** Files that may wait before listings do. */
  private static final int PLENTY = 1024;

  private final byte[] root;
  private final Complaints complaints;
  private final ArrayDeque<byte[]> files = new ArrayDeque<>();
  private final ArrayDeque<byte[]> directories = new ArrayDeque<>();
  private final ArrayDeque<Opened> toRead = new ArrayDeque<>();
  private final ArrayDeque<Long> buffers = new ArrayDeque<>();
  private final Dirent entries = new Dirent();
  private int open;

  /** Of a directory; what cannot be listed is named on the way. */
  public TreeFiles(byte[] root, Complaints complaints) {
    this.root = root.clone();
    this.complaints = complaints;
    directories.add(this.root);
  }

  @Override
  public byte @Nullable [] next() {
    return files.poll();
  }

  @Override
  public void advance(Calls calls) {
    while (files.size() < PLENTY && !toRead.isEmpty()) {
      toRead.pop().read();
    }
    while (files.size() < PLENTY && open < AT_ONCE && !directories.isEmpty()) {
      open(calls, directories.pop());
    }
  }

  private void open(Calls calls, byte[] path) {
    open++;
    boolean isFirst = path == root;
    int flags = isFirst ? FLAGS : FLAGS | Sys.O_NOFOLLOW;
    calls
        .openat(Sys.AT_FDCWD, path, flags, 0)
        .then(
            fd -> {
              if (isFirst && NoDirectoryException.means(fd)) {
                throw new UncheckedIOException(new NoDirectoryException(path, (int) -fd));
              }
              if (fd < 0) {
                ended(path, fd);
              } else {
                toRead.push(new Opened(calls, path, (int) fd));
              }
            });
  }

  private void ended(byte[] path, long status) {
    open--;
    if (status < 0 && !Walk.isGone(status)) {
      complaints.add(path, (int) -status);
    }
  }

  /** A directory that is being listed. */
  private final class Opened {
    private final Calls calls;
    private final byte[] path;
    private final int fd;
    private final long buffer;

    Opened(Calls calls, byte[] path, int fd) {
      this.calls = calls;
      this.path = path;
      this.fd = fd;
      Long spare = buffers.poll();
      buffer = spare == null ? calls.allocate(Listing.LENGTH).address() : spare;
    }

    void read() {
      calls.getdents64(fd, buffer, Listing.LENGTH).then(this::filled);
    }

    private void filled(long length) {
      if (length <= 0) {
        calls.close(fd);
        buffers.push(buffer);
        ended(path, length);
        return;
      }
      entries.wrap(buffer, length);
      while (entries.nextChild()) {
        add(CString.resolve(path, entries.nameAddress()), entries.type());
      }
      toRead.push(this);
    }

    private void add(byte[] entry, int type) {
      switch (type) {
        case Dirent.DT_REG -> files.add(entry);
        case Dirent.DT_DIR -> directories.push(entry);
        case Dirent.DT_UNKNOWN ->
            calls.lstat(Sys.AT_FDCWD, entry, Stat.STATX_TYPE).then(this::found, entry, 0);
        default -> {}
      }
    }

    private void found(byte[] entry, Call call, long status) {
      if (status == 0 && call.stat().isRegular()) {
        files.add(entry);
      } else if (status == 0 && call.stat().isDirectory()) {
        directories.push(entry);
      } else if (status < 0 && !Walk.isGone(status)) {
        complaints.add(entry, (int) -status);
      }
    }
  }
}
