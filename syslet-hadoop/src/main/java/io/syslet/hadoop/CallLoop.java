package io.syslet.hadoop;

import io.syslet.Call;
import io.syslet.Calls;
import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Program;
import io.syslet.SyscallException;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One task of a session: makes the calls of jobs that threads give it, all of them in flight at a
 * time, and ends with its kernel.
 */
final class CallLoop implements Program {
  /** Bytes of entries that one call reads of a directory. */
  static final int LISTING = 32 << 10;

  private static final int MOST_CHUNKS = 24;

  /** What is done by calls. Both methods are called in the loop's task; neither may wait. */
  interface Job {
    /** Begins its first calls; as they end, it begins others. */
    void begin(CallLoop loop);

    /** Is told that the loop has ended: no call was made. */
    void refused(RemoteError why);
  }

  /** Begins a call. */
  interface Begin {
    Call with(Calls calls);
  }

  /** What a call that has ended says. */
  interface End<T> {
    T of(Call call, long status) throws RemoteError;
  }

  final Calls calls;
  final Buffers chunks;
  final Buffers listings;
  private final Queue<Job> jobs = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean told = new AtomicBoolean();
  private volatile boolean ended;

  /**
   * @param limit calls in flight.
   */
  CallLoop(Kernel kernel, int limit, DoorOptions options) {
    this.calls = Calls.of(kernel, limit);
    this.chunks = new Buffers(kernel.arena(), options.chunk(), MOST_CHUNKS);
    this.listings = new Buffers(kernel.arena(), LISTING, options.directories());
  }

  /** Gives it a job. Any thread. */
  void submit(Job job) {
    jobs.add(job);
    if (ended) {
      refuse();
    } else if (!told.getAndSet(true)) {
      calls.wake();
    }
  }

  /** Has one call made. Any thread. */
  <T> CompletableFuture<T> make(Begin begin, End<T> end) {
    OneCall<T> job = new OneCall<>(begin, end);
    submit(job);
    return job.result;
  }

  /** Has one call made, whose end nobody waits for. Any thread. */
  void begin(Begin begin) {
    submit(new OneCall<>(begin, CallLoop::value));
  }

  /** The end of a call whose value alone counts. */
  static long value(Call call, long status) throws RemoteError {
    if (status < 0) {
      throw new RemoteError(status);
    }
    return status;
  }

  @Override
  public void run(Kernel kernel) {
    try {
      for (; ; ) {
        told.set(false);
        beginAll();
        calls.awaitWake();
      }
    } catch (SyscallException e) {
      // The kernel is closed, and has ended every call.
    } finally {
      ended = true;
      refuse();
    }
  }

  private void beginAll() {
    for (Job job = jobs.poll(); job != null; job = jobs.poll()) {
      job.begin(this);
    }
  }

  private void refuse() {
    for (Job job = jobs.poll(); job != null; job = jobs.poll()) {
      job.refused(new RemoteError(-Errno.ESHUTDOWN));
    }
  }

  private static final class OneCall<T> implements Job {
    final CompletableFuture<T> result = new CompletableFuture<>();
    private final Begin begin;
    private final End<T> end;

    OneCall(Begin begin, End<T> end) {
      this.begin = begin;
      this.end = end;
    }

    @Override
    public void begin(CallLoop loop) {
      try {
        begin.with(loop.calls).then(OneCall::ended, this, 0);
      } catch (RuntimeException e) {
        result.completeExceptionally(e);
      }
    }

    private static void ended(OneCall<?> job, Call call, long status) {
      job.take(call, status);
    }

    private void take(Call call, long status) {
      try {
        result.complete(end.of(call, status));
      } catch (RemoteError | RuntimeException e) {
        result.completeExceptionally(e);
      }
    }

    @Override
    public void refused(RemoteError why) {
      result.completeExceptionally(why);
    }
  }
}
