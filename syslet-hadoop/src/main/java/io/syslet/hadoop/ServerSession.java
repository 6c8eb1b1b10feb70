package io.syslet.hadoop;

import io.syslet.client.RemoteKernel;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A session of a server, and the loops that make its calls. Any thread. */
final class ServerSession {
  private final RemoteKernel kernel;
  private final CallLoop[] loops;
  private final AtomicInteger turn = new AtomicInteger();

  private ServerSession(RemoteKernel kernel, DoorOptions options) {
    this.kernel = kernel;
    this.loops = new CallLoop[options.tasks()];
    int limit = Math.max(kernel.maxInFlight() / loops.length, 1);
    for (int i = 0; i < loops.length; i++) {
      loops[i] = new CallLoop(kernel, limit, options);
      kernel.start(loops[i]);
    }
  }

  /** Begins one; waits as long as one connection may take. */
  static ServerSession open(DoorOptions options) throws IOException {
    return new ServerSession(RemoteKernel.connect(options.address(), options.client()), options);
  }

  /** A loop to give a job to: each in its turn. */
  CallLoop loop() {
    return loops[Math.floorMod(turn.getAndIncrement(), loops.length)];
  }

  /**
   * Has a call made whose value counts, and waits for it.
   *
   * @throws InterruptedIOException if the thread is interrupted; the call goes on.
   */
  long call(CallLoop.Begin begin) throws RemoteError, IOException {
    return await(loop().make(begin, CallLoop::value));
  }

  /** As {@link #call}, for what else the end of the call says. */
  <T> T call(CallLoop.Begin begin, CallLoop.End<T> end) throws RemoteError, IOException {
    return await(loop().make(begin, end));
  }

  /**
   * Waits for what a job says.
   *
   * @throws InterruptedIOException if the thread is interrupted, whose status stays set.
   */
  static <T> T await(CompletableFuture<T> result) throws RemoteError, IOException {
    try {
      return result.get();
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (ExecutionException e) {
      throw thrown(e.getCause());
    }
  }

  /** What to throw when a wait was interrupted; the thread's status is set again. */
  static InterruptedIOException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    InterruptedIOException made = new InterruptedIOException("interrupted");
    made.initCause(e);
    return made;
  }

  private static RemoteError thrown(@Nullable Throwable cause) throws IOException {
    if (cause instanceof IOException e) {
      throw e;
    }
    if (cause instanceof RemoteError e) {
      return e;
    }
    throw new IOException(String.valueOf(cause), cause);
  }

  /** Ends it: what is under way is canceled. */
  void close() {
    kernel.close();
  }
}
