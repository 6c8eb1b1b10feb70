package io.syslet.client;

import io.syslet.Errno;
import io.syslet.KernelStats;
import io.syslet.Program;
import io.syslet.Task;
import io.syslet.client.wire.Address;
import io.syslet.client.wire.Wire;
import io.syslet.kernel.Counters;
import io.syslet.kernel.Ending;
import io.syslet.kernel.Nanos;
import io.syslet.kernel.PendingCall;
import io.syslet.kernel.RealTimeKernel;
import io.syslet.kernel.StayedBehind;
import io.syslet.kernel.Submission;
import io.syslet.kernel.Uninterruptibly;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A kernel in another process or on another host: {@code syslet serve}. Programs see the same
 * {@link Kernel}; their descriptors are the session's, their paths below the folder that is served.
 *
 * <p>Tasks are plain threads. Memory that calls name must come from {@link #arena} on a local link,
 * and may come from anywhere on a remote one. A connection that breaks is made again, and calls in
 * flight go on; if that fails, each is completed once with −EOWNERDEAD, and new ones are −ENOTCONN.
 */
public final class RemoteKernel extends RealTimeKernel {
  /** How long a program that goes on in the background may take to notice that it is canceled. */
  private static final long LAST_NANOS = 1_000_000_000;

  final Counters counters = counters();
  final Ending ending = new Ending(counters, frames(), pendingLimit(), this::launch);
  final InFlight inFlight;

  private final KeptSession kept;
  private final Link link;
  private final ClientOptions options;
  private final AtomicLong ids = new AtomicLong();
  private final AtomicLong cookies = new AtomicLong();
  private final AtomicInteger threads = new AtomicInteger();
  private final Set<RemotePending> pending = ConcurrentHashMap.newKeySet();
  private final AtomicInteger limit;
  private final AtomicInteger most = new AtomicInteger();

  @SuppressWarnings("ThreadLocalUsage") // one per kernel, of which there are few
  private final ThreadLocal<RemoteTask> current = new ThreadLocal<>();

  private final LentMemories memories = new LentMemories();
  private volatile boolean canceled;

  private RemoteKernel(Address address, ClientOptions options) throws IOException {
    this.options = options;
    this.kept = KeptSession.open(options.session());
    this.inFlight = new InFlight(counters, this::end, kept);
    this.link = Links.connect(address, options, inFlight, kept);
    this.limit = new AtomicInteger(link.maxInFlight());
  }

  /**
   * Connects to a server with the {@linkplain ClientOptions#defaults default options}.
   *
   * @param address as {@link Address#parse} reads it, such as {@code unix:/run/app/syslet.sock}.
   * @throws IOException if there is none, or it refuses; the message says why.
   * @throws IllegalArgumentException for what is no address, and why.
   */
  public static RemoteKernel connect(String address) throws IOException {
    return connect(Address.parse(address), ClientOptions.defaults());
  }

  /**
   * Connects to a server, or goes on with a {@linkplain ClientOptions#session session}.
   *
   * @throws IOException if there is none, or it refuses; the message says why.
   */
  public static RemoteKernel connect(Address address, ClientOptions options) throws IOException {
    return new RemoteKernel(address, options);
  }

  // ---- the entry

  @Override
  protected long plainly(long nr, long a0, long a1, long a2, long a3, long a4, long a5) {
    return caller().syscall(nr, a0, a1, a2, a3, a4, a5);
  }

  /** Any thread can be a task: there is nothing special about those that were started as one. */
  @Override
  protected RemoteTask caller() {
    RemoteTask caller = current.get();
    if (caller == null) {
      Thread thread = Thread.currentThread();
      caller = newTask(thread, TaskRole.PLAIN);
      current.set(caller);
      memories.giveBackAfter(thread, caller.memory());
    }
    return caller;
  }

  @Override
  protected boolean isInside() {
    return Thread.currentThread() instanceof TaskThread task && task.isOf(this);
  }

  private RemoteTask newTask(Thread thread, TaskRole role) {
    LentMemory lent = memories.lend(link.arena(), inFlight);
    return new RemoteTask(this, ids.incrementAndGet(), link, lent, thread, role);
  }

  /** Why a task may send no batch now, −errno; or 0. */
  int refusal(boolean inBackground) {
    return canceled || (refuses() && !inBackground) ? -Errno.ESHUTDOWN : 0;
  }

  /** Whether another call may go on in the background. */
  boolean mayHandOver() {
    return counters.inFlight() < limit.getPlain();
  }

  // ---- the ends of calls

  /** A call goes on without its task. */
  RemotePending pending(Submission of) {
    RemotePending made =
        new RemotePending(of, id -> syscall(Wire.CANCEL, Wire.CANCEL_ID, id, 0, 0, 0, 0));
    pending.add(made);
    return made;
  }

  /** It has ended with a status: nobody finds it any more. */
  void ended(RemotePending ended, long status) {
    pending.remove(ended);
    ended.end(status);
  }

  /**
   * A call that went on without its task has ended. Called by the pump, which must not wait: what
   * comes after the call in its program is made by a thread of its own.
   */
  private void end(Submission of, RemotePending underWay, long callerData, long status) {
    boolean goesOn = !canceled && of.another(status, underWay.asked());
    if (!goesOn || !enterForCall()) {
      ending.complete(new RemoteWorker(this, null, underWay), of, callerData, status);
      return;
    }
    Thread thread = new Thread(() -> goOn(of, underWay), "syslet-remote-program");
    thread.setDaemon(true);
    thread.start();
  }

  private void goOn(Submission program, RemotePending underWay) {
    RemoteTask task = newTask(Thread.currentThread(), TaskRole.BACKGROUND);
    StayedBehind worker = new RemoteWorker(this, task, underWay);
    ending.ended(worker, program, 0, worker.next(program));
    memories.giveBack(task.memory());
    task.ended(null);
    left();
  }

  /** Whether the calls that were pending at the end have been completed: their programs stop. */
  boolean isCanceled() {
    return canceled;
  }

  @Override
  protected void eachPending(Consumer<PendingCall> visitor) {
    pending.forEach(visitor);
  }

  /** The end of the session ends its calls. */
  @Override
  protected void askPending() {}

  // ---- memory

  /** Memory that calls may use: bounded by what the server shares, on a local link. */
  @Override
  public Arena arena() {
    return link.arena();
  }

  /**
   * Hands the server a descriptor of this process, which stays open here: a file, a device, a pipe
   * or a socket that the program has opened by itself. Calls on it then run as any other does, with
   * the access mode that it was opened with. Waits for the server; any thread.
   *
   * @return the session's number for it, to be closed by {@code close}; −EOPNOTSUPP: the server is
   *     on another host, or was not told to take any; −EPERM: it takes none of that kind; −EBADF;
   *     −EMFILE, −ENFILE: there are too many.
   */
  public long pass(int descriptor) {
    synchronized (link) {
      long cookie = cookies.incrementAndGet();
      int error = link.pass(descriptor, cookie);
      return error < 0 ? error : syscall(Wire.ADOPT, cookie, 0, 0, 0, 0, 0);
    }
  }

  /** The session, as the next process of the program finds it. */
  public KeptSession kept() {
    return kept;
  }

  // ---- tasks and frames

  @Override
  protected Task newTask(Program program) {
    TaskThread thread = new TaskThread(this, program);
    RemoteTask task = newTask(thread, TaskRole.TASK);
    thread.begin(task);
    most.accumulateAndGet(threads.incrementAndGet(), Math::max);
    thread.start();
    return task;
  }

  /** The thread of a task begins. */
  void begun(RemoteTask task) {
    current.set(task);
  }

  /** The thread of a task ends, with what its program threw. */
  void ended(RemoteTask task, @Nullable Throwable thrown) {
    threads.decrementAndGet();
    memories.giveBack(task.memory());
    task.ended(thrown);
    left();
  }

  // ---- figures, the end

  /** How many stacks of frames belong to calls at present. */
  int framesInUse() {
    return frames().inUse();
  }

  /** Sets how many calls may be pending at most. With so many pending, others are waited for. */
  @Override
  protected int limitWorkers(int newLimit) {
    return limit.getAndSet(Math.min(newLimit, link.maxInFlight()));
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
    return counters.stats(0, 0, most.get(), "remote");
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
  protected long drainNanos() {
    return Nanos.of(options.drain());
  }

  @Override
  protected void cancelPending(long status) {
    canceled = true;
    inFlight.giveUp(status);
    Uninterruptibly.poll(System.nanoTime() + LAST_NANOS, counters::isQuiet);
    link.close();
  }

  @Override
  protected void free() {
    kept.close();
    link.free();
    inFlight.free();
  }
}
