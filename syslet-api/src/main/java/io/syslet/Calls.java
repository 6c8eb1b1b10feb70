package io.syslet;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.function.LongPredicate;

/**
 * The calls of one task: begun by name, submitted together, told of as they end.
 *
 * <pre>
 * try (Calls calls = Calls.of(kernel)) {
 *   MemorySegment buffer = calls.allocate(4096);
 *   int fd = (int) calls.open(Path.of("/etc/hostname"), Sys.O_RDONLY).awaitOrThrow();
 *   calls.read(fd, buffer).then(length -&gt; ...);
 *   calls.lstat(Path.of("/etc/passwd")).then(status -&gt; ...);
 *   calls.awaitAll();
 * }
 * </pre>
 *
 * A call that does not block has ended when {@link #submit} returns. One that blocks is in flight
 * until an {@link #await}; at most {@link #limit} are, and whoever begins a call beyond that waits
 * for another to end. No completion is lost, no call refused for want of room, and nothing is
 * allocated per call.
 *
 * <p>Who is told of an end ({@link Call#then}) is told in this task, by submit or await. It may
 * begin calls, which are submitted when it has returned, as many as it likes; it may not wait. What
 * it throws comes out of submit or await; the calls go on.
 *
 * <p>One task at a time uses an object of this class; {@link #wake} alone is for any thread. Its
 * memory is the {@linkplain Kernel#arena kernel's}, and stays until that is closed: make one for a
 * task, not one for a call.
 */
public final class Calls extends PathForms<Call> implements AutoCloseable {
  /** Calls made at one entry into the kernel, at most. */
  public static final int BATCH = 64;

  /** The limit, if none is given. */
  public static final int LIMIT = 256;

  /** The greatest limit. */
  public static final int MOST = 1 << 20;

  /** What {@code lstat(2)} means. */
  private static final int LSTAT = Stat.AT_SYMLINK_NOFOLLOW | Stat.AT_NO_AUTOMOUNT;

  final Kernel kernel;
  final Stat stat = new Stat();
  final Call.Listener<Object> untold = (subject, call, status) -> failed(call, status);
  final CallDispatcher dispatcher;

  private final EndOfOne one = new EndOfOne(this);
  private long failedNr;
  private long failure;

  private Calls(Kernel kernel, int limit) {
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("calls in flight: 1 to " + MOST + ", not " + limit);
    }
    this.kernel = kernel;
    dispatcher = new CallDispatcher(this, kernel, limit);
  }

  /** For up to {@link #LIMIT} calls in flight. */
  public static Calls of(Kernel kernel) {
    return new Calls(kernel, LIMIT);
  }

  /**
   * For up to {@code limit} calls in flight.
   *
   * @throws IllegalArgumentException for a limit below 1 or above {@link #MOST}.
   */
  public static Calls of(Kernel kernel, int limit) {
    return new Calls(kernel, limit);
  }

  /**
   * Has calls of some numbers ({@link Nr}) made plainly from now on: they block if they block. For
   * a program that is to run both ways.
   */
  public Calls plainly(LongPredicate numbers) {
    dispatcher.plainly(numbers);
    return this;
  }

  /** Memory that calls may use; it is the kernel's, and stays until that is closed. */
  public MemorySegment allocate(long bytes) {
    return kernel.arena().allocate(bytes, BATCH);
  }

  /** An empty program of calls. */
  public Chain chain() {
    return new Chain(this);
  }

  // ---- beginning a call

  @Override
  public Call call(long nr, long a0, long a1, long a2, long a3, long a4, long a5) {
    return dispatcher.begin(nr, a0, a1, a2, a3, a4, a5);
  }

  @Override
  public long memory(long length) {
    return dispatcher.next().memory.take(length);
  }

  @Override
  void keep(MemorySegment segment) {
    dispatcher.next().memory.keep(segment);
  }

  @Override
  public Call statx(int dirfd, long path, int flags, int mask, long statx) {
    Call call = super.statx(dirfd, path, flags, mask, statx);
    call.stat = statx;
    return call;
  }

  /**
   * Asks what is known of a file, or of a symbolic link itself: {@link Call#stat}, if the status is
   * 0.
   *
   * @param path address of bytes up to a NUL.
   * @param mask STATX bits of {@link Stat}: what is asked for.
   */
  public Call lstat(int dirfd, long path, int mask) {
    return statx(dirfd, path, LSTAT, mask, memory(Stat.LENGTH));
  }

  /** As {@link #lstat(int, long, int)}, by a path that is copied. */
  public Call lstat(int dirfd, byte[] path, int mask) {
    long found = memory(Stat.LENGTH);
    return statx(dirfd, copy(path), LSTAT, mask, found);
  }

  /**
   * As {@link #lstat(int, long, int)}, of a path from the working directory: all that stat knows.
   */
  public Call lstat(Path path) {
    return lstat(Sys.AT_FDCWD, CString.bytes(path), Stat.STATX_BASIC_STATS);
  }

  // ---- making the calls

  /**
   * Makes the calls that have been begun, as far as the limit lets. Those that do not block have
   * ended, and been told of, when this returns. What is begun by those told is for the next submit
   * or await.
   *
   * @throws IllegalStateException if called by one who is told of an end.
   */
  public void submit() {
    dispatcher.submit();
  }

  private void failed(Call call, long status) {
    if (status < 0 && failure == 0) {
      failure = status;
      failedNr = call.nr();
    }
  }

  // ---- waiting

  /**
   * Submits, and if no call has ended by then, waits until one does.
   *
   * @return whether one has ended; false if there is none to wait for.
   * @throws SyscallException if the wait fails: with ERESTARTSYS if the thread is interrupted,
   *     whose interrupt status stays set.
   * @throws IllegalStateException if called by one who is told of an end.
   */
  public boolean await() {
    return dispatcher.await();
  }

  /**
   * Submits and waits until no call is left.
   *
   * @return 0; or the first −errno of the calls, since this was last asked, whose ends nobody was
   *     told of.
   * @throws SyscallException as {@link #await}.
   * @throws IllegalStateException if called by one who is told of an end.
   */
  public long awaitAll() {
    finish();
    long first = failure;
    failure = 0;
    return first;
  }

  private void finish() {
    while (await()) {}
  }

  /**
   * As {@link #awaitAll}, but a −errno is thrown.
   *
   * @throws SyscallException with the errno, or as {@link #await}.
   */
  public void awaitAllOrThrow() {
    long first = awaitAll();
    SyscallException.throwIf(failedNr, first);
  }

  /**
   * Submits, and if no call has ended by then, waits until one does or another thread calls {@link
   * #wake}; also if no call is in flight.
   *
   * @throws SyscallException as {@link #await}.
   */
  public void awaitWake() {
    dispatcher.awaitWake();
  }

  /** Ends the {@link #awaitWake} of the task, this one or else the next. Any thread. */
  public void wake() {
    dispatcher.wake();
  }

  /** Asks all calls in flight to end ({@link Call#cancel}), and does not wait for that. */
  public void cancelAll() {
    dispatcher.pool.eachInFlight(call -> call.cancel(0));
  }

  void mustBeLast(Call call) {
    if (!dispatcher.isLast(call)) {
      throw new IllegalStateException("then and await come right after a call was begun");
    }
  }

  long await(Call call) {
    return one.await(call);
  }

  // ---- figures

  /** Calls in flight at most. */
  public int limit() {
    return dispatcher.limit;
  }

  /**
   * How many more calls can be begun without waiting; while an end is told of, 0 or below is fine.
   */
  public int room() {
    return dispatcher.room();
  }

  /** Calls that have been begun and not submitted. */
  public int queued() {
    return dispatcher.queued();
  }

  /** Calls that have blocked and not ended. */
  public int inFlight() {
    return dispatcher.inFlight();
  }

  /** The greatest number of calls in flight so far. */
  public int maxInFlight() {
    return dispatcher.maxInFlight();
  }

  /** Calls that have been submitted. */
  public long made() {
    return dispatcher.made();
  }

  /** Those of them that were answered −ESYSLETPENDING. */
  public long pending() {
    return dispatcher.pending();
  }

  /**
   * Waits for the calls in flight, and gives the ring back.
   *
   * @throws SyscallException if the wait fails; the calls stay under way then.
   */
  @Override
  public void close() {
    finish();
    dispatcher.ring.close();
  }
}
