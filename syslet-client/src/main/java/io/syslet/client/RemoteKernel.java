package io.syslet.client;

import io.syslet.Atoms;
import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.Frame;
import io.syslet.Kernel;
import io.syslet.KernelStats;
import io.syslet.Program;
import io.syslet.Task;
import io.syslet.client.wire.Address;
import io.syslet.kernel.Counters;
import io.syslet.kernel.Frames;
import io.syslet.kernel.Submission;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.CompletionWord;
import io.syslet.table.CallTable;
import io.syslet.table.Trait;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A kernel in another process or on another host: {@code syslet serve}. Programs see the same
 * {@link Kernel}; their descriptors are the session's, their paths below the folder that is served.
 *
 * <p>Tasks are plain threads. Memory that calls name must come from {@link #arena} on a local link,
 * and may come from anywhere on a remote one. A connection that breaks is made again, and calls in
 * flight go on; if that fails, each is completed once with −EOWNERDEAD, and new ones are −ENOTCONN.
 */
public final class RemoteKernel implements Kernel {
  private static final byte NOT_PLAIN = Trait.REFUSED | Trait.ANSWERED | Trait.CONDITIONAL;
  private static final int NUMBERS = 512;
  private static final Cleaner CLEANER = Cleaner.create();

  final Counters counters = new Counters();
  final Frames frames = new Frames();
  final InFlight inFlight = new InFlight(counters, this::enterFrame, this::goOn);

  private final Link link;
  private final ClientOptions options;
  private final AtomicLong ids = new AtomicLong();
  private final AtomicInteger threads = new AtomicInteger();
  private final AtomicInteger limit;
  private final AtomicInteger most = new AtomicInteger();

  @SuppressWarnings("ThreadLocalUsage") // one per kernel, of which there are few
  private final ThreadLocal<RemoteTask> current = new ThreadLocal<>();

  private final Queue<TaskMemory> memories = new ConcurrentLinkedQueue<>();
  private volatile boolean closing;

  private RemoteKernel(Address address, ClientOptions options) throws IOException {
    this.options = options;
    this.link = Links.connect(address, options, inFlight);
    this.limit = new AtomicInteger(link.maxInFlight());
  }

  /**
   * Connects to a server.
   *
   * @throws IOException if there is none, or it refuses; the message says why.
   */
  public static RemoteKernel connect(Address address, ClientOptions options) throws IOException {
    return new RemoteKernel(address, options);
  }

  // ---- the entry

  @Override
  public long syscall(long nr, long a0, long a1, long a2, long a3, long a4, long a5) {
    if (CallTable.refuses(nr, a0, a1, a2, a3, a4, a5)) {
      return -Errno.EINVAL;
    }
    return closing ? -Errno.ESHUTDOWN : caller().syscall(nr, a0, a1, a2, a3, a4, a5);
  }

  @Override
  public long indirect(MemorySegment registers, MemorySegment params, int flags) {
    return closing ? -Errno.ESHUTDOWN : caller().indirect(registers, params, flags);
  }

  @Override
  public int indirect(CallSlots slots, int first, int count, int flags) {
    return closing ? -Errno.ESHUTDOWN : caller().indirect(slots, first, count, flags);
  }

  @Override
  public long exec(Atoms atoms, int first, int steps, int flags) {
    return closing ? -Errno.ESHUTDOWN : caller().exec(atoms, first, steps, flags);
  }

  /** Any thread can be a task: there is nothing special about those that were started as one. */
  private RemoteTask caller() {
    RemoteTask caller = current.get();
    if (caller == null) {
      Thread thread = Thread.currentThread();
      caller = newTask(thread);
      current.set(caller);
      TaskMemory lent = caller.memory();
      CLEANER.register(thread, () -> memories.add(lent));
    }
    return caller;
  }

  private RemoteTask newTask(Thread thread) {
    TaskMemory memory = memories.poll();
    TaskMemory lent = memory != null ? memory : new TaskMemory(link.arena());
    return new RemoteTask(this, ids.incrementAndGet(), link, lent, thread);
  }

  /** Whether a call needs no look by the entry. */
  boolean mayGoAsItIs(long nr) {
    return nr >= 0 && nr < NUMBERS && (CallTable.traits(nr) & NOT_PLAIN) == 0;
  }

  /** Why no batch may be sent now, −errno; or 0. */
  int refusal() {
    return closing ? -Errno.ESHUTDOWN : 0;
  }

  /** Whether another call may go on in the background. */
  boolean mayHandOver() {
    return counters.inFlight() < limit.getPlain();
  }

  /** A call of a program has ended that went on in the background: makes what comes after it. */
  void goOn(Submission program, long status) {
    Thread thread = new Thread(() -> rest(program, status), "syslet-remote-program");
    thread.setDaemon(true);
    thread.start();
  }

  private void rest(Submission program, long first) {
    RemoteTask task = newTask(Thread.currentThread());
    long status = first;
    do {
      status = task.callPlainly(program.call());
    } while (program.another(status));
    inFlight.complete(program, program.callerData(), program.status());
    memories.add(task.memory());
    task.ended(null);
  }

  @Override
  public long ringWait(CompletionRing ring, long userIndex) {
    return ring.await(userIndex);
  }

  @Override
  public long ringWait(CompletionRing ring, long userIndex, int min, long timeoutNanos) {
    return min < 0 ? -Errno.EINVAL : ring.await(userIndex, min, deadline(timeoutNanos));
  }

  @Override
  public long wordWait(CompletionWord word, long timeoutNanos) {
    return word.await(deadline(timeoutNanos));
  }

  private static long deadline(long timeoutNanos) {
    return timeoutNanos == Long.MAX_VALUE ? timeoutNanos : System.nanoTime() + timeoutNanos;
  }

  /** Memory that calls may use: bounded by what the server shares, on a local link. */
  @Override
  public Arena arena() {
    return link.arena();
  }

  // ---- tasks and frames

  @Override
  public Task start(Program program) {
    if (closing) {
      throw new IllegalStateException("the kernel is closed");
    }
    TaskThread thread = new TaskThread(program);
    RemoteTask task = newTask(thread);
    thread.task = task;
    most.accumulateAndGet(threads.incrementAndGet(), Math::max);
    thread.start();
    return task;
  }

  private final class TaskThread extends Thread {
    private final Program program;
    private @Nullable RemoteTask task;

    TaskThread(Program program) {
      super("syslet-remote-task");
      this.program = program;
      setDaemon(true);
    }

    @Override
    public void run() {
      RemoteTask mine = java.util.Objects.requireNonNull(task);
      current.set(mine);
      Throwable thrown = null;
      try {
        program.run(RemoteKernel.this);
      } catch (Throwable e) {
        thrown = e;
      }
      threads.decrementAndGet();
      memories.add(mine.memory());
      mine.ended(thrown);
    }
  }

  @Override
  public long frame(Frame function) {
    return frames.add(function);
  }

  private void enterFrame(long ip, long sp) {
    if (!closing) {
      var _ = start(kernel -> frames.enter(ip, sp));
    }
  }

  // ---- figures, the end

  /**
   * Sets how many calls may be pending at most: the server's workers are those of this kernel. With
   * so many pending, further ones are waited for.
   *
   * @return the old limit; −EINVAL (and no change) for one below 1.
   */
  @Override
  public int maxWorkers(int newLimit) {
    return newLimit < 1 ? -Errno.EINVAL : limit.getAndSet(Math.min(newLimit, link.maxInFlight()));
  }

  /** How many calls may be pending at most, as the server said. */
  public int maxInFlight() {
    return link.maxInFlight();
  }

  int limit() {
    return limit.getPlain();
  }

  @Override
  public int processors() {
    return Runtime.getRuntime().availableProcessors();
  }

  /** Workers are the threads of tasks here; the detector is {@code remote}. */
  @Override
  public KernelStats stats() {
    long pending = counters.pending.sum();
    long inline = counters.inline.sum();
    return new KernelStats(
        inline + pending,
        inline,
        pending,
        0,
        0,
        counters.noSpare.sum(),
        0,
        0,
        counters.inFlight(),
        counters.maxInFlight(),
        most.get(),
        "remote");
  }

  /** Messages sent and got over the socket so far, in both directions. */
  public long socketMessages() {
    return link.messages();
  }

  /** Breaks the connection under the session, for tests. */
  void breakConnection() {
    link.breakConnection();
  }

  @Override
  public synchronized void close() {
    if (closing) {
      return;
    }
    closing = true;
    long deadline = System.nanoTime() + options.drain().toNanos();
    while (counters.inFlight() > 0 && System.nanoTime() < deadline) {
      LockSupport.parkNanos(100_000);
    }
    inFlight.giveUp(-Errno.ECANCELED);
    link.close();
    if (threads.get() == 0) {
      link.free();
      inFlight.free();
    }
  }
}
