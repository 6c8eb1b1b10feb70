package io.syslet.hadoop;

import io.syslet.Errno;
import io.syslet.client.RefusedException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * The way to a server: a session with it, and another one when that is lost. Any thread.
 *
 * <pre>
 *   session() -- none --> a thread connects, again and again --> session
 *                ^                                                 |
 *                '------------------ lost(session) ----------------'
 * </pre>
 */
final class ServerDoor {
  private static final long FIRST_PAUSE_NANOS = 10_000_000;
  private static final long LONGEST_PAUSE_NANOS = 500_000_000;

  final DoorOptions options;
  private @Nullable CompletableFuture<ServerSession> current;
  private boolean closed;

  ServerDoor(DoorOptions options) {
    this.options = options;
  }

  /** What is done with a session; each step of it is waited for. */
  interface Work<T> {
    T with(ServerSession session) throws RemoteError, IOException;
  }

  /**
   * Does something that may be done twice: again if the server is lost meanwhile.
   *
   * @param path that errors name.
   */
  <T> T repeat(String path, Work<T> work) throws IOException {
    return run(path, work, true);
  }

  /**
   * Does something once: if the server is lost meanwhile and it is not known whether it was done,
   * the exception says so.
   *
   * @param path that errors name.
   */
  <T> T once(String path, Work<T> work) throws IOException {
    return run(path, work, false);
  }

  private <T> T run(String path, Work<T> work, boolean maybeTwice) throws IOException {
    Patience patience = patience();
    for (; ; ) {
      ServerSession session = session();
      try {
        return work.with(session);
      } catch (RemoteError e) {
        if (e.isLoss() && !e.isUndone() && !maybeTwice) {
          lost(session);
          throw Failures.unknown(e, path);
        }
        patience.failed(this, session, e, path);
      }
    }
  }

  Patience patience() {
    return new Patience(options.retry());
  }

  /**
   * The session, made now if there is none.
   *
   * @throws IOException if no server lets us in for as long as it is tried; the message says why.
   */
  ServerSession session() throws IOException {
    try {
      return ServerSession.await(wanted());
    } catch (RemoteError e) {
      throw new IOException(e);
    }
  }

  private synchronized CompletableFuture<ServerSession> wanted() throws IOException {
    if (closed) {
      throw new IOException("Filesystem closed");
    }
    CompletableFuture<ServerSession> known = current;
    if (known != null && !known.isCompletedExceptionally()) {
      return known;
    }
    CompletableFuture<ServerSession> made = new CompletableFuture<>();
    current = made;
    Thread.ofPlatform().daemon().name("syslet-connect").start(() -> connect(made));
    return made;
  }

  /** The session is over: whoever needs one gets another. */
  synchronized void lost(ServerSession session) {
    CompletableFuture<ServerSession> known = current;
    if (known != null && known.state() == java.util.concurrent.Future.State.SUCCESS) {
      if (known.resultNow() == session) {
        current = null;
        Thread.ofPlatform().daemon().name("syslet-lost").start(session::close);
      }
    }
  }

  /** Ends the session, if there is one, and makes no other. */
  void close() {
    CompletableFuture<ServerSession> known;
    synchronized (this) {
      closed = true;
      known = current;
      current = null;
    }
    if (known != null && !known.completeExceptionally(new IOException("Filesystem closed"))) {
      if (!known.isCompletedExceptionally()) {
        known.resultNow().close();
      }
    }
  }

  // ---- connecting

  private void connect(CompletableFuture<ServerSession> to) {
    long deadline = System.nanoTime() + options.retry().toNanos();
    long pause = FIRST_PAUSE_NANOS;
    while (!to.isDone()) {
      try {
        offer(to, ServerSession.open(options));
      } catch (IOException e) {
        if (!mayPass(e) || System.nanoTime() - deadline >= 0) {
          to.completeExceptionally(refusal(e));
        }
        LockSupport.parkNanos(to.isDone() ? 1 : pause);
        pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
      } catch (RuntimeException | Error e) {
        to.completeExceptionally(e);
      }
    }
  }

  private static void offer(CompletableFuture<ServerSession> to, ServerSession session) {
    if (!to.complete(session)) {
      session.close();
    }
  }

  private IOException refusal(IOException e) {
    if (e instanceof InterruptedIOException) {
      return e;
    }
    return new IOException("no server at " + options.address() + ": " + e.getMessage(), e);
  }

  /** Whether it may be better a moment later. */
  private static boolean mayPass(IOException e) {
    if (e instanceof RefusedException refused) {
      return switch (refused.errno()) {
        case Errno.EAGAIN, Errno.EMFILE, Errno.ESHUTDOWN, Errno.ETIMEDOUT -> true;
        default -> false;
      };
    }
    // Certificates do not get better; a server that dies in the handshake comes back.
    return !(e instanceof SSLHandshakeException)
        || e.getCause() instanceof EOFException
        || e.getCause() instanceof SocketException;
  }
}
