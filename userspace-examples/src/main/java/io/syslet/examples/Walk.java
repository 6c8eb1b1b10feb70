package io.syslet.examples;

import io.syslet.CString;
import io.syslet.Dirent;
import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Stat;
import io.syslet.Sys;
import io.syslet.Task;
import java.io.IOException;
import java.math.BigInteger;

/**
 * A walk over everything below a directory, by one {@link TreeWalk} or by several, on one kernel.
 *
 * <p>The directory itself is followed if it is a symbolic link; nothing below it is. For one use,
 * by one thread; any thread may ask how far it is.
 */
public final class Walk {
  final Kernel kernel;
  final WalkOptions options;
  final Exchange exchange;
  final Lstat lstat;

  private final Complaints complaints;
  private final Directory root;
  private final TreeWalk[] tasks;
  private long device;

  /** Makes ready to walk below a directory, whose path is the bytes that it is. */
  public Walk(Kernel kernel, WalkOptions options, byte[] path) {
    this.kernel = kernel;
    this.options = options;
    this.lstat = Lstat.of(kernel);
    this.complaints = new Complaints(options.complaints());
    this.root = new Directory(null, path, null);
    WalkLimits limits = WalkLimits.of(kernel, options);
    this.exchange = new Exchange(limits.tasks());
    this.tasks = new TreeWalk[limits.tasks()];
    for (int i = 0; i < tasks.length; i++) {
      tasks[i] = new TreeWalk(this, limits.inFlight(), limits.descriptors());
    }
  }

  /**
   * Walks.
   *
   * @throws NoDirectoryException if there is no such directory.
   * @throws IOException if the list could not be written; what was under way is given up.
   */
  public WalkResult run() throws IOException, InterruptedException {
    long start = System.nanoTime();
    if (open()) {
      exchange.give(root);
      runTasks();
      Sys.close(kernel, root.fd);
    }
    return result(System.nanoTime() - start);
  }

  private boolean open() throws NoDirectoryException {
    long path = CString.allocate(kernel.arena(), root.name);
    int flags = Sys.O_RDONLY | Sys.O_DIRECTORY | Sys.O_CLOEXEC;
    long fd = Sys.openat(kernel, Sys.AT_FDCWD, path, flags, 0);
    if (NoDirectoryException.means(fd)) {
      throw new NoDirectoryException(root.name, (int) -fd);
    }
    if (fd < 0) {
      complaints.add(root.name, (int) -fd);
      return false;
    }
    root.fd = (int) fd;
    device = Lstat.device(kernel, root.fd, path + root.name.length);
    return true;
  }

  private void runTasks() throws IOException, InterruptedException {
    Task[] started = new Task[tasks.length];
    try {
      for (int i = 0; i < tasks.length; i++) {
        started[i] = kernel.start(tasks[i]);
      }
      for (Task task : started) {
        Programs.join(task);
      }
    } finally {
      exchange.end();
    }
  }

  private WalkResult result(long nanos) {
    long directories = 0;
    BigInteger bytes = BigInteger.ZERO;
    long calls = 0;
    long pending = 0;
    for (TreeWalk task : tasks) {
      directories += task.directories;
      bytes = bytes.add(task.bytes.total());
      calls += task.calls.made();
      pending += task.calls.pending();
    }
    return new WalkResult(entries(), directories, bytes, complaints.count(), calls, pending, nanos);
  }

  /** Entries found so far; not exact before the end. */
  public long entries() {
    long entries = 0;
    for (TreeWalk task : tasks) {
      entries += task.entries;
    }
    return entries;
  }

  /** Whether the walk goes down into a directory of that description. */
  boolean isInside(Stat directory) {
    return !options.oneFileSystem() || directory.dev() == device;
  }

  /**
   * Whether a directory of that DT type is queued when its entry is read, so that no answer is
   * needed; with one file system the answer says whether it is on it.
   */
  boolean isKnown(int type) {
    return type == Dirent.DT_DIR && !options.oneFileSystem();
  }

  /** Names what could not be read; what went away during the walk is no error. */
  void failed(byte[] path, long status) {
    if (!isGone(status)) {
      complaints.add(path, (int) -status);
    }
  }

  /** Names a directory if a call for it failed. */
  void check(Directory directory, long status) {
    if (status < 0) {
      failed(Paths.of(directory), status);
    }
  }

  /** Whether a result says that something is no longer what it was when its name was read. */
  static boolean isGone(long status) {
    return status == -Errno.ENOENT
        || status == -Errno.ESRCH
        || status == -Errno.ENOTDIR
        || status == -Errno.ESTALE
        || status == -Errno.ELOOP;
  }
}
