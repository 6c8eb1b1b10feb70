package io.syslet.server.journal;

import io.syslet.Errno;
import io.syslet.server.session.Peer;
import io.syslet.server.session.SessionLog;
import io.syslet.server.session.TokenHash;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Writes sessions and calls into a {@link Journal}. Every method may be called by any thread but
 * {@link #sync}, which belongs to the poller whose writer this is; none allocates, but for {@link
 * #opened}.
 *
 * <p>Each returns 0 when the record is in the page cache, or a negated error number, and then
 * nothing has changed:
 *
 * <ul>
 *   <li>−ENOSPC: the disk, or what the options allow, is full. Only {@link #opened} and {@link
 *       #began} say so, and may be called again; room for the end of what has begun is kept.
 *   <li>−EIO: the journal cannot be written any more, until it is opened again.
 *   <li>−ESTALE: there is no such session.
 * </ul>
 */
public final class Writer implements SessionLog {
  private final SpinLock lock;
  private final HeldLedger ledger;
  private final JournalLog log;
  private final Durability durability;
  private final Forcer forcer = new Forcer();
  private long forced;

  Writer(SpinLock lock, HeldLedger ledger, JournalLog log, Durability durability) {
    this.lock = lock;
    this.ledger = ledger;
    this.log = log;
    this.durability = durability;
  }

  /**
   * A session begins.
   *
   * @param session its number, which no session in the journal has: else −EEXIST.
   * @param token the hash of its token.
   * @param peer whose kind and name are 2,000 bytes together at most, in UTF-8; else −E2BIG.
   */
  @Override
  public int opened(long session, TokenHash token, Peer peer) {
    lock.lock();
    try {
      return ledger.opened(session, token, peer);
    } finally {
      lock.unlock();
    }
  }

  /**
   * A call is about to start that has effects, or one has blocked. If the server dies before {@link
   * #completed} or {@link #endedInline}, the call is recovered as a completion with −EOWNERDEAD.
   *
   * @param call number of the call, which no call of the session in flight has: else −EEXIST.
   * @param callerData that its completion will carry.
   * @param nr number of the system call.
   */
  @Override
  public int began(long session, long call, long callerData, long nr) {
    lock.lock();
    try {
      return ledger.began(session, call, callerData, nr);
    } finally {
      lock.unlock();
    }
  }

  /**
   * A call has ended; its completion has the session's next position, counted from 0.
   *
   * @return also −ENOENT if no such call is in flight.
   */
  @Override
  public int completed(long session, long call, long status) {
    lock.lock();
    try {
      return ledger.completed(session, call, status);
    } finally {
      lock.unlock();
    }
  }

  /**
   * A call has ended without blocking; it has no completion.
   *
   * @return also −ENOENT if no such call is in flight.
   */
  @Override
  public int endedInline(long session, long call, long status) {
    lock.lock();
    try {
      return ledger.endedInline(session, call, status);
    } finally {
      lock.unlock();
    }
  }

  /**
   * The client has consumed all completions before a position, and they are forgotten. On a full
   * disk they are forgotten all the same, and only after a crash there again.
   *
   * @return also −EINVAL if there are not so many.
   */
  @Override
  public int acknowledged(long session, long position) {
    lock.lock();
    try {
      return ledger.acknowledged(session, position);
    } finally {
      lock.unlock();
    }
  }

  /** The session is over, and all that was held of it forgotten. */
  @Override
  public int closed(long session) {
    lock.lock();
    try {
      return ledger.closed(session);
    } finally {
      lock.unlock();
    }
  }

  /**
   * With {@link Durability#FSYNC}: puts on the disk all that was written before by this thread, and
   * by others what is there. Waits for the disk, without the lock. Else it does nothing.
   *
   * @return 0 or −EIO.
   */
  @Override
  public int sync() {
    if (log.hasFailed()) {
      return -Errno.EIO;
    }
    return durability == Durability.FSYNC ? force() : 0;
  }

  private int force() {
    try {
      while (!tryForce()) {
        // The file was full and is deleted: its successor, which has all, is to be forced.
      }
      return 0;
    } catch (IOException e) {
      return log.fail("its file cannot be forced: " + e.getMessage());
    }
  }

  private boolean tryForce() throws IOException {
    lock.lock();
    long records = log.records();
    Path file = log.file();
    lock.unlock();
    try {
      if (records > forced) {
        forcer.force(file);
        forced = records;
      }
      return true;
    } catch (NoSuchFileException e) {
      if (file.equals(log.file())) {
        throw e;
      }
      return false;
    }
  }

  @Override
  public boolean hasFailed() {
    return log.hasFailed();
  }

  @Override
  public boolean canFail() {
    return true;
  }

  /** The journal is closing: forces what was written, with either durability. */
  void close() throws IOException {
    if (!log.hasFailed()) {
      force();
    }
    forcer.close();
  }
}
