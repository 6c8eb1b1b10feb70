package io.syslet.kernel;

import io.syslet.Atoms;
import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.Program;
import io.syslet.StuckCall;
import io.syslet.Task;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.CompletionWord;
import io.syslet.ring.WaitQueues;
import io.syslet.table.CallTable;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A kernel in real time, whose waits are those of the ring: refusals, waits, tasks and the end. A
 * kernel says what is its own.
 *
 * <p>The end, by the thread that closes:
 *
 * <pre>
 *   new calls and tasks are refused
 *   pending calls are drained                           for the drain time at most
 *   those left are asked to end
 *   those left are completed with −ECANCELED            {@link #cancelPending}
 *   no completion comes any more: waits are refused     what is there may still be taken
 *   all leave                                           for the rest of the drain time
 *   the last one in it frees the kernel                 {@link #free}: close, or the last task
 * </pre>
 */
public abstract class RealTimeKernel extends SysletKernel {
  private final Lifetime lifetime = new Lifetime();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final BooleanSupplier silent = lifetime::isSilent;
  private final Alarms alarms = new Alarms();
  private final Canceler canceler;

  /** Makes a kernel that is open. */
  protected RealTimeKernel() {
    this(new Counters());
  }

  /** Makes a kernel that is open and counts there. */
  @SuppressWarnings("this-escape") // nobody asks before the first call
  protected RealTimeKernel(Counters counters) {
    super(counters);
    canceler = new Canceler(this::eachPending, alarms);
  }

  // ---- the entry

  /** The task of the current thread, or what stands in for one. */
  protected abstract SysletTask caller();

  /** Makes a call plainly that neither the entry nor the end refuses: its value or −errno. */
  protected abstract long plainly(long nr, long a0, long a1, long a2, long a3, long a4, long a5);

  @Override
  protected final boolean refuses() {
    return lifetime.isClosing();
  }

  @Override
  public long syscall(long nr, long a0, long a1, long a2, long a3, long a4, long a5) {
    boolean inside = isInside();
    if (!enter(inside)) {
      return -Errno.ESHUTDOWN;
    }
    try {
      return syscallInside(nr, a0, a1, a2, a3, a4, a5);
    } finally {
      leave(inside);
    }
  }

  /** {@link #syscall(long, long, long, long, long, long, long)} of a thread that is inside. */
  protected final long syscallInside(
      long nr, long a0, long a1, long a2, long a3, long a4, long a5) {
    return CallTable.refuses(nr, a0, a1, a2, a3, a4, a5)
        ? -Errno.EINVAL
        : plainly(nr, a0, a1, a2, a3, a4, a5);
  }

  @Override
  public long indirect(MemorySegment registers, MemorySegment params, int flags) {
    boolean inside = isInside();
    if (!enter(inside)) {
      return -Errno.ESHUTDOWN;
    }
    try {
      return caller().indirect(registers, params, flags);
    } finally {
      leave(inside);
    }
  }

  @Override
  public int indirect(CallSlots slots, int first, int count, int flags) {
    boolean inside = isInside();
    if (!enter(inside)) {
      return Unaccepted.refuse(slots, first, count, -Errno.ESHUTDOWN);
    }
    try {
      return caller().indirect(slots, first, count, flags);
    } finally {
      leave(inside);
    }
  }

  @Override
  public long exec(Atoms atoms, int first, int steps, int flags) {
    boolean inside = isInside();
    if (!enter(inside)) {
      return -Errno.ESHUTDOWN;
    }
    try {
      return caller().exec(atoms, first, steps, flags);
    } finally {
      leave(inside);
    }
  }

  /** A thread comes to make a call: false after the end. Who is no task is counted meanwhile. */
  private boolean enter(boolean inside) {
    return inside ? !refuses() : lifetime.enter();
  }

  private void leave(boolean inside) {
    if (!inside) {
      left();
    }
  }

  // ---- taking calls back

  /** Tells of each call that may be pending. Any thread. */
  protected abstract void eachPending(Consumer<PendingCall> visitor);

  /** What ends calls whose deadline has passed. */
  public final Alarms alarms() {
    return alarms;
  }

  @Override
  public int cancel(long target, long callerData, long patienceNanos) {
    return canceled(() -> canceler.one(target, callerData, patienceNanos));
  }

  @Override
  public int cancelFd(int fd) {
    return canceled(() -> canceler.fd(fd));
  }

  @Override
  public int cancelAll() {
    return canceled(canceler::all);
  }

  private int canceled(IntSupplier cancel) {
    boolean inside = isInside();
    if (!enter(inside)) {
      return -Errno.ESHUTDOWN;
    }
    try {
      return cancel.getAsInt();
    } finally {
      leave(inside);
    }
  }

  // ---- waits

  @Override
  protected final boolean isSilent() {
    return lifetime.isSilent();
  }

  @Override
  public long ringWait(CompletionRing ring, long userIndex, int min, long timeoutNanos) {
    boolean counted = lifetime.enterForCall();
    try {
      return ring.waits().await(userIndex, min, deadline(timeoutNanos), silent);
    } finally {
      leave(!counted);
    }
  }

  @Override
  public long wordWait(CompletionWord word, long timeoutNanos) {
    boolean counted = lifetime.enterForCall();
    try {
      return word.await(deadline(timeoutNanos), silent);
    } finally {
      leave(!counted);
    }
  }

  private static long deadline(long timeoutNanos) {
    return timeoutNanos == Long.MAX_VALUE ? timeoutNanos : System.nanoTime() + timeoutNanos;
  }

  // ---- tasks

  /** Makes a task and starts it; {@link #left} is called when it has ended. */
  protected abstract Task newTask(Program program);

  @Override
  protected final @Nullable Task tryStart(Program program) {
    if (!lifetime.enter()) {
      return null;
    }
    try {
      return newTask(program);
    } catch (RuntimeException | Error e) {
      left();
      throw e;
    }
  }

  /** Starts a task: false if there are no new tasks any more, or no thread can be had for it. */
  public final boolean launch(Program program) {
    try {
      return tryStart(program) != null;
    } catch (OutOfMemoryError e) {
      return false;
    }
  }

  /** A thread of the kernel's own has a call until {@link #left}: false if all is being freed. */
  protected final boolean enterForCall() {
    return lifetime.enterForCall();
  }

  /**
   * A task, or a call of a plain thread, has ended. The last one frees a kernel that is closed, in
   * a thread of its own.
   */
  protected final void left() {
    if (lifetime.leave()) {
      Thread.ofPlatform().daemon().name("syslet-end").start(this::free);
    }
  }

  // ---- the end

  /** Nanoseconds that {@link #close} waits for calls and tasks. */
  protected abstract long drainNanos();

  /** Asks the calls that are pending to end. */
  protected void askPending() {
    int _ = canceler.all();
  }

  /** Completes the calls that are pending, once each. */
  protected abstract void cancelPending(long status);

  /** Ends the kernel's threads and frees its memory: no task is in it, and none will be. Once. */
  protected abstract void free();

  /** Whether the current thread is a task of this kernel. */
  protected abstract boolean isInside();

  @Override
  public void close() {
    boolean _ = close(drainNanos()).isEmpty();
  }

  @Override
  public List<StuckCall> close(Duration drain) {
    return close(Nanos.of(drain));
  }

  private List<StuckCall> close(long drainNanos) {
    if (lifetime.refuse()) {
      return end(drainNanos);
    } else if (!isInside()) {
      Uninterruptibly.await(closed);
    }
    return List.of();
  }

  private List<StuckCall> end(long drainNanos) {
    long deadline = System.nanoTime() + drainNanos;
    Uninterruptibly.poll(deadline, counters()::isQuiet);
    askPending();
    cancelPending(-Errno.ECANCELED);
    Uninterruptibly.until(() -> !counters().isPosting());
    lifetime.silence();
    WaitQueues.system().wakeEverybody();
    int own = isInside() ? 1 : 0;
    Uninterruptibly.poll(deadline, () -> lifetime.others() <= own);
    if (lifetime.leave()) {
      free();
    }
    alarms.end();
    List<StuckCall> stuck = canceler.stuck();
    closed.countDown();
    return stuck;
  }
}
