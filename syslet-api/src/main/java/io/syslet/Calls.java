package io.syslet;

import io.syslet.ring.CompletionHandler;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.Memory;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

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

  /** Caller data of a completion that only wakes. */
  private static final long WAKE = -1;

  final Kernel kernel;
  final Stat stat = new Stat();
  final Call.Listener<Object> untold = (subject, call, status) -> failed(call, status);

  private final int limit;
  final CompletionRing ring;
  private final CallQueue queue;
  private final CallPool pool;
  private final CompletionHandler handler = this::completed;
  private final Call.Listener<Calls> awaited = (calls, call, status) -> ended(call, status);
  private CallQueue.@Nullable Kind alone;
  private @Nullable Call last;
  private boolean telling;
  private boolean woken;
  private int room;
  private int inFlight;
  private int maxInFlight;
  private long made;
  private long pending;
  private long ended;
  private long awaits;
  private long awaitsEnded;
  private long awaitedStatus;
  private long failedNr;
  private long failure;

  private Calls(Kernel kernel, int limit) {
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("calls in flight: 1 to " + MOST + ", not " + limit);
    }
    this.kernel = kernel;
    this.limit = limit;
    ring = CompletionRing.allocate(kernel.arena(), ringSize(limit), 0);
    queue = new CallQueue(kernel.arena(), BATCH, ring);
    pool = new CallPool(this, kernel.arena(), limit);
    room = Math.min(BATCH, limit);
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

  /** A power of two with room to spare, also for the wake-ups. */
  private static int ringSize(int limit) {
    return Integer.highestOneBit(Math.max(2 * limit, BATCH) - 1) << 1;
  }

  /**
   * Has calls of some numbers ({@link Nr}) made plainly from now on: they block if they block. For
   * a program that is to run both ways.
   */
  public Calls plainly(LongPredicate numbers) {
    alone = call -> call.chain != null || numbers.test(call.nr());
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
    Call call = next();
    Call same = pool.take();
    assert same == call;
    call.begin(nr);
    queue.add(call, nr, a0, a1, a2, a3, a4, a5);
    room--;
    last = call;
    return call;
  }

  /** The call that is begun next; there is room for it, unless an end is being told of. */
  private Call next() {
    if (room <= 0 && !telling) {
      makeRoom();
    }
    return pool.peek();
  }

  private void makeRoom() {
    submit();
    while (room <= 0) {
      boolean has = await();
      assert has;
    }
  }

  @Override
  public long memory(long length) {
    return next().memory.take(length);
  }

  @Override
  void keep(MemorySegment segment) {
    next().memory.keep(segment);
  }

  /** Begins a program. */
  Call exec(Chain chain) {
    Call call = call(Nr.INDIRECT, 0, 0, 0, 0, 0, 0);
    call.chain = chain;
    if (alone == null) {
      alone = next -> next.chain != null;
    }
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
    if (telling) {
      throw new IllegalStateException("who is told of an end can begin calls, but not wait");
    }
    telling = true;
    last = null;
    try {
      flush(queue.waiting());
      drain();
    } finally {
      telling = false;
      last = null;
      room = Math.min(BATCH, limit - inFlight) - queue.size();
    }
  }

  private void flush(int count) {
    int left = count;
    tell();
    while (left > 0 && inFlight < limit) {
      left -= enter(left);
      tell();
    }
    queue.tidy();
  }

  private void tell() {
    while (queue.hasStatus()) {
      answered(queue.status());
    }
  }

  private void answered(long status) {
    Call call = queue.take();
    made++;
    if (status == -Syslet.ESYSLETPENDING) {
      pending++;
      maxInFlight = Math.max(maxInFlight, ++inFlight);
    } else {
      end(call, status);
    }
  }

  /** Makes up to {@code most} calls that wait: how many. */
  private int enter(int most) {
    int count = alone == null ? most : Math.min(most, queue.before(alone));
    if (count == 0) {
      return enterAlone();
    }
    int accepted = queue.enter(kernel, count);
    return accepted > 0 ? accepted : refused(accepted);
  }

  private int enterAlone() {
    Chain chain = queue.first().chain;
    if (chain == null) {
      answered(plainly(queue.firstSlot()));
      return 1;
    }
    long status = chain.enter(queue.first());
    if (status == -Errno.EAGAIN) {
      return refused((int) status);
    }
    if (status == Chain.GOES_ON) {
      var _ = queue.take();
    } else {
      answered(status);
    }
    return 1;
  }

  /** The ring is full of completions, since it has a place for each call; else the call ends so. */
  private int refused(int error) {
    if (error == -Errno.EAGAIN && inFlight > 0) {
      sleep();
      drain();
      return 0;
    }
    answered(error);
    return 1;
  }

  private long plainly(long slot) {
    return kernel.syscall(
        Memory.getLong(slot),
        Memory.getLong(slot + Registers.argument(0)),
        Memory.getLong(slot + Registers.argument(1)),
        Memory.getLong(slot + Registers.argument(2)),
        Memory.getLong(slot + Registers.argument(3)),
        Memory.getLong(slot + Registers.argument(4)),
        Memory.getLong(slot + Registers.argument(5)));
  }

  private void drain() {
    if (!ring.isEmpty()) {
      int drained = ring.drain(handler, Integer.MAX_VALUE);
      assert drained > 0 : drained;
    }
  }

  private void completed(long status, long number) {
    if (number == WAKE) {
      woken = true;
    } else {
      inFlight--;
      end(pool.get((int) number), status);
    }
  }

  /** A call has ended. */
  void end(Call call, long status) {
    ended++;
    try {
      call.end(status);
    } finally {
      call.release();
      pool.give(call);
    }
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
    long before = ended;
    submit();
    while (ended == before && inFlight > 0) {
      sleep();
      submit();
    }
    return ended != before;
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
    while (await()) {}
    long first = failure;
    failure = 0;
    return first;
  }

  /**
   * As {@link #awaitAll}, but a −errno is thrown.
   *
   * @throws SyscallException with the errno, or as {@link #await}.
   */
  public void awaitAllOrThrow() {
    long first = awaitAll();
    var _ = SyscallException.orThrow(failedNr, first);
  }

  /**
   * Submits, and if no call has ended by then, waits until one does or another thread calls {@link
   * #wake}; also if no call is in flight.
   *
   * @throws SyscallException as {@link #await}.
   */
  public void awaitWake() {
    long before = ended;
    submit();
    if (ended == before && !woken) {
      sleep();
      submit();
    }
    woken = false;
  }

  /** Ends the {@link #awaitWake} of the task, this one or else the next. Any thread. */
  public void wake() {
    int entry = ring.producer().reserve();
    if (entry >= 0) {
      ring.producer().complete(entry, 0, WAKE);
    }
  }

  private void sleep() {
    var _ = SyscallException.orThrow(Nr.RING_WAIT, kernel.ringWait(ring, ring.tail()));
  }

  void mustBeLast(Call call) {
    if (last != call) {
      throw new IllegalStateException("then and await come right after a call was begun");
    }
  }

  long await(Call call) {
    call.then(awaited, this, ++awaits);
    long mine = awaits;
    while (awaitsEnded != mine) {
      boolean has = await();
      assert has;
    }
    return awaitedStatus;
  }

  private void ended(Call call, long status) {
    awaitsEnded = call.data();
    awaitedStatus = status;
  }

  // ---- figures

  /** Calls in flight at most. */
  public int limit() {
    return limit;
  }

  /**
   * How many more calls can be begun without waiting; while an end is told of, 0 or below is fine.
   */
  public int room() {
    return room;
  }

  /** Calls that have been begun and not submitted. */
  public int queued() {
    return queue.size();
  }

  /** Calls that have blocked and not ended. */
  public int inFlight() {
    return inFlight;
  }

  /** The greatest number of calls in flight so far. */
  public int maxInFlight() {
    return maxInFlight;
  }

  /** Calls that have been submitted. */
  public long made() {
    return made;
  }

  /** Those of them that were answered −ESYSLETPENDING. */
  public long pending() {
    return pending;
  }

  /**
   * Waits for the calls in flight, and gives the ring back.
   *
   * @throws SyscallException if the wait fails; the calls stay under way then.
   */
  @Override
  public void close() {
    var _ = awaitAll();
    ring.close();
  }
}
