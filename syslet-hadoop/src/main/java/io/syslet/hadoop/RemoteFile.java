package io.syslet.hadoop;

import io.syslet.Nr;
import io.syslet.Stat;
import io.syslet.Sys;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.hadoop.fs.permission.FsPermission;
import org.jspecify.annotations.Nullable;

/**
 * An open file: a descriptor of the session, and after its loss one of the next session, which is
 * of the same file. Any thread.
 */
final class RemoteFile {
  private static final int MASK = Stat.STATX_TYPE | Stat.STATX_INO | Stat.STATX_SIZE;
  private static final int ONCE = Sys.O_CREAT | Sys.O_EXCL | Sys.O_TRUNC;

  /** What is known of it. */
  record Facts(boolean isDirectory, long inode, long size) {}

  final ServerDoor door;
  final RemotePath path;
  private final int flags;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Handle handle;
  private boolean closed;
  private long inode;
  private long size;

  private RemoteFile(ServerDoor door, RemotePath path, int flags) {
    this.door = door;
    this.path = path;
    this.flags = flags & ~ONCE;
  }

  /**
   * Opens one.
   *
   * @param flags of open(2).
   * @param permission of a file that is made.
   * @throws FileNotFoundException also for a directory.
   */
  static RemoteFile open(ServerDoor door, RemotePath path, int flags, FsPermission permission)
      throws IOException {
    RemoteFile file = new RemoteFile(door, path, flags);
    file.openFirst(flags, permission);
    return file;
  }

  private void openFirst(int how, FsPermission permission) throws IOException {
    ServerDoor.Work<Handle> work = session -> open(session, how, permission);
    boolean isOnce = (how & Sys.O_EXCL) != 0;
    handle = isOnce ? door.once(path.text(), work) : door.repeat(path.text(), work);
  }

  private Handle open(ServerSession session, int how, FsPermission permission)
      throws RemoteError, IOException {
    CompletableFuture<Long> opening =
        session.loop().make(path.open(how, permission), CallLoop::value);
    Handle opened = new Handle(session, (int) awaitOrClose(session, opening));
    try {
      Facts facts = facts(opened);
      check(facts);
      inode = facts.inode();
      size = facts.size();
      if ((how & Sys.O_CREAT) != 0) {
        setMode(opened, permission);
      }
      return opened;
    } catch (RemoteError | IOException e) {
      opened.close();
      throw e;
    }
  }

  /** Whoever does not wait any more has no use for the descriptor. */
  private static long awaitOrClose(ServerSession session, CompletableFuture<Long> opening)
      throws RemoteError, IOException {
    try {
      return ServerSession.await(opening);
    } catch (InterruptedIOException e) {
      CompletableFuture<Void> closing =
          opening.thenAccept(fd -> new Handle(session, (int) (long) fd).close());
      assert closing != null;
      throw e;
    }
  }

  private void check(Facts facts) throws IOException {
    if (facts.isDirectory()) {
      throw new FileNotFoundException(path.text() + ": is a directory");
    }
    if (inode != 0 && inode != facts.inode()) {
      throw new IOException(path.text() + ": was replaced while its server was away");
    }
  }

  /** What the umask of the server takes away is not the client's. */
  private static void setMode(Handle of, FsPermission permission) throws RemoteError, IOException {
    int mode = permission.toShort() & 0777;
    of.call(calls -> calls.call(Nr.FCHMOD, of.fd, mode, 0, 0, 0, 0));
  }

  /** Asks about an open file. */
  static Facts facts(Handle of) throws RemoteError, IOException {
    return of.call(
        calls -> {
          long found = calls.memory(Stat.LENGTH);
          long empty = calls.memory(Long.BYTES);
          io.syslet.ring.Memory.putByte(empty, (byte) 0);
          return calls.statx(of.fd, empty, Stat.AT_EMPTY_PATH, MASK, found);
        },
        (call, status) -> {
          CallLoop.value(call, status);
          Stat stat = call.stat();
          return new Facts(stat.isDirectory(), stat.ino(), stat.size());
        });
  }

  /** How long it was when it was opened, bytes. */
  long size() {
    return size;
  }

  /** Where it is open, as far as is known; opens it again if its session was lost. */
  Handle handle() throws IOException {
    try {
      lock.lockInterruptibly();
    } catch (InterruptedException e) {
      throw ServerSession.interrupted(e);
    }
    try {
      if (closed) {
        throw new ClosedChannelException();
      }
      if (handle == null) {
        handle =
            door.repeat(path.text(), session -> open(session, flags, FsPermission.getDefault()));
      }
      return handle;
    } finally {
      lock.unlock();
    }
  }

  /** The session of a handle is over. */
  void lost(Handle gone) {
    lock.lock();
    try {
      handle = gone == handle ? null : handle;
    } finally {
      lock.unlock();
    }
    door.lost(gone.session);
  }

  /** What is done with an open file. */
  interface Work<T> {
    T with(Handle handle) throws RemoteError, IOException;
  }

  /** Does something that may be done twice: again if the server is lost meanwhile. */
  <T> T repeat(Work<T> work) throws IOException {
    Patience patience = door.patience();
    for (; ; ) {
      Handle on = handle();
      try {
        return work.with(on);
      } catch (RemoteError e) {
        patience.failed(door, on.session, e, path.text());
        if (e.isLoss()) {
          lost(on);
        }
      }
    }
  }

  /** Closes it; nobody waits for that, since there is nothing that could fail. */
  void close() {
    lock.lock();
    try {
      closed = true;
      if (handle != null) {
        handle.close();
        handle = null;
      }
    } finally {
      lock.unlock();
    }
  }
}
