package io.syslet.hadoop;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A descriptor of a session. Its number may be another file's as soon as it is closed, and calls
 * overtake each other, so it is closed when all that is under way with it has ended. Any thread.
 */
final class Handle {
  final ServerSession session;
  final int fd;

  /** How many use it, and one more until {@link #close}; once it is 0 it stays so. */
  private final AtomicInteger users = new AtomicInteger(1);

  /**
   * @param fd an open one, nobody else's.
   */
  Handle(ServerSession session, int fd) {
    this.session = session;
    this.fd = fd;
  }

  /** Whether it may be used, until {@link #leave}: false if it is closed. */
  boolean enter() {
    return users.getAndUpdate(now -> now == 0 ? 0 : now + 1) > 0;
  }

  /** What {@link #enter} was for has ended. */
  void leave() {
    if (users.decrementAndGet() == 0) {
      session.loop().begin(calls -> calls.close(fd));
    }
  }

  /** As {@link #call(CallLoop.Begin, CallLoop.End)}, of a call whose value alone counts. */
  long call(CallLoop.Begin begin) throws RemoteError, IOException {
    return call(begin, CallLoop::value);
  }

  /**
   * Has a call made that uses it, and waits for that.
   *
   * @throws java.io.InterruptedIOException if the thread is interrupted; the call goes on.
   * @throws ClosedChannelException if it is closed.
   */
  <T> T call(CallLoop.Begin begin, CallLoop.End<T> end) throws RemoteError, IOException {
    if (!enter()) {
      throw new ClosedChannelException();
    }
    CompletableFuture<T> result = session.loop().make(begin, end);
    CompletableFuture<T> left = result.whenComplete((value, error) -> leave());
    assert left != null;
    return ServerSession.await(result);
  }

  /** No more is begun with it. Once; nobody waits for the end, since nothing could fail there. */
  void close() {
    leave();
  }
}
