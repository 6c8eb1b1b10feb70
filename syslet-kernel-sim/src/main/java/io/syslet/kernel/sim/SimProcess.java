package io.syslet.kernel.sim;

import io.syslet.Errno;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the tasks of a kernel share: descriptors, the current directory, credentials, umask, limits.
 * One per kernel, and only for code inside the machine.
 */
public final class SimProcess {
  /** The id of the process; its parent is the machine, {@link #PARENT}. */
  public static final int ID = 2;

  /** The id of the parent. */
  public static final int PARENT = 1;

  private @Nullable File[] files = new @Nullable File[64];
  private boolean[] closeOnExec = new boolean[64];
  private int open;
  private int maxOpen = 1024;
  private int umask = 022;
  private Credentials credentials = Credentials.ROOT;
  private @Nullable File directory;
  private final Supplier<@Nullable SimThread> running;

  /** A process without tasks, to try parts of a machine with. Files are not held during calls. */
  public SimProcess() {
    this(() -> null);
  }

  /** A process whose running thread is known. */
  SimProcess(Supplier<@Nullable SimThread> running) {
    this.running = running;
  }

  /**
   * The file of a descriptor.
   *
   * @param fd of which the low 32 bits count.
   * @return the file, which a started call holds until it ends; null for −EBADF.
   */
  public @Nullable File get(long fd) {
    File file = find(fd);
    SimThread caller = running.get();
    if (file != null && caller != null) {
      caller.keep(file);
    }
    return file;
  }

  private @Nullable File find(long fd) {
    int n = (int) fd;
    return n >= 0 && n < files.length ? files[n] : null;
  }

  /**
   * Gives a file the lowest free descriptor.
   *
   * @param lowest the least that will do, 0 or more.
   * @param closeOnExec whether FD_CLOEXEC is set.
   * @return the descriptor; −EMFILE if the limit is reached, and then the file got no reference.
   */
  public int install(File file, int lowest, boolean closeOnExec) {
    int fd = lowest;
    while (fd < files.length && files[fd] != null) {
      fd++;
    }
    if (fd >= maxOpen) {
      return -Errno.EMFILE;
    }
    put(fd, file, closeOnExec);
    return fd;
  }

  /**
   * Gives a file a descriptor of the caller's choice, whose file is closed: dup2(2). 0 or −EBADF.
   */
  public int replace(int fd, File file, boolean closeOnExec) {
    if (fd < 0 || fd >= maxOpen) {
      return -Errno.EBADF;
    }
    File old = find(fd);
    put(fd, file, closeOnExec);
    if (old != null) {
      open--;
      old.drop();
    }
    return 0;
  }

  private void put(int fd, File file, boolean cloexec) {
    if (fd >= files.length) {
      int length = Math.max(fd + 1, files.length * 2);
      files = Arrays.copyOf(files, length);
      closeOnExec = Arrays.copyOf(closeOnExec, length);
    }
    file.hold();
    files[fd] = file;
    closeOnExec[fd] = cloexec;
    open++;
  }

  /** Closes a descriptor: 0 or −EBADF. Calls under way keep the file. */
  public int close(long fd) {
    File file = find(fd);
    if (file == null) {
      return -Errno.EBADF;
    }
    files[(int) fd] = null;
    open--;
    file.drop();
    return 0;
  }

  /** FD_CLOEXEC of an open descriptor. */
  public boolean closeOnExec(int fd) {
    return closeOnExec[fd];
  }

  /** Sets FD_CLOEXEC of an open descriptor. */
  public void closeOnExec(int fd, boolean on) {
    closeOnExec[fd] = on;
  }

  /** How many descriptors are open. */
  public int openDescriptors() {
    return open;
  }

  /** RLIMIT_NOFILE: descriptors are below it. */
  public int maxOpenDescriptors() {
    return maxOpen;
  }

  /** Sets RLIMIT_NOFILE, 0 or more; descriptors above it stay open. */
  public void maxOpenDescriptors(int limit) {
    maxOpen = limit;
  }

  /**
   * Who the calling thread is. One that stays behind in a call remains who it was when the call
   * began.
   */
  public Credentials credentials() {
    SimThread caller = running.get();
    return caller == null ? credentials : caller.credentials;
  }

  /** The process becomes somebody else: the calling thread, and whoever is handed a user later. */
  public void credentials(Credentials changed) {
    credentials = changed;
    SimThread caller = running.get();
    if (caller != null) {
      caller.credentials = changed;
    }
  }

  /** Who a thread is that takes over a user now. */
  Credentials credentialsForHandOver() {
    return credentials;
  }

  /** Which permissions new files do not get. */
  public int umask() {
    return umask;
  }

  /** Sets the umask, of which the low 9 bits count: the old one. */
  public int umask(int mask) {
    int old = umask;
    umask = mask & 0777;
    return old;
  }

  /** The current directory, an open directory; null for the root. */
  public @Nullable File directory() {
    return directory;
  }

  /** Changes the current directory: takes a reference, and drops the old one's. */
  public void directory(@Nullable File changed) {
    if (changed != null) {
      changed.hold();
    }
    File old = directory;
    directory = changed;
    if (old != null) {
      old.drop();
    }
  }

  /** Closes everything, at the end of the machine. */
  void closeAll() {
    for (int fd = 0; fd < files.length; fd++) {
      close(fd);
    }
    directory(null);
  }
}
