package io.syslet.kernel;

import io.syslet.Errno;
import io.syslet.Frame;
import io.syslet.Kernel;
import io.syslet.Program;
import io.syslet.Task;
import io.syslet.ring.CompletionRing;
import org.jspecify.annotations.Nullable;

/** A kernel, seen from the program, beside {@link SysletTask}: what is the same for all kernels. */
public abstract class SysletKernel implements Kernel {
  private final Counters counters;
  private final Frames frames = new Frames();
  private final PendingLimit pendingLimit = new PendingLimit();

  /** Makes a kernel that is open. */
  protected SysletKernel() {
    this(new Counters());
  }

  /** Makes a kernel that is open and counts there. */
  protected SysletKernel(Counters counters) {
    this.counters = counters;
  }

  /** What this kernel counts. */
  protected final Counters counters() {
    return counters;
  }

  /** The frames that programs have named. */
  protected final Frames frames() {
    return frames;
  }

  /** How many calls of a task may be pending. */
  protected final PendingLimit pendingLimit() {
    return pendingLimit;
  }

  /** Whether the kernel is closed or about to be: calls and tasks are refused. Any thread. */
  protected abstract boolean refuses();

  /**
   * Whether the last completion has been posted: a wait for one that is not there is refused. Any
   * thread.
   */
  protected abstract boolean isSilent();

  /** Starts a task: null if there are no new tasks any more. Any thread. */
  protected abstract @Nullable Task tryStart(Program program);

  @Override
  public final Task start(Program program) {
    Task task = tryStart(program);
    if (task == null) {
      throw new IllegalStateException("the kernel is closed");
    }
    return task;
  }

  @Override
  public final long frame(Frame function) {
    return frames.add(function);
  }

  @Override
  public final long ringWait(CompletionRing ring, long userIndex) {
    return ringWait(ring, userIndex, 1, Long.MAX_VALUE);
  }

  /** Sets how many workers there may be, 1 or more: the old limit. Any thread. */
  protected abstract int limitWorkers(int limit);

  @Override
  public final int maxPending(int limit) {
    return limit < 1 ? -Errno.EINVAL : pendingLimit.set(limit);
  }

  @Override
  public final int maxWorkers(int limit) {
    return limit < 1 ? -Errno.EINVAL : limitWorkers(limit);
  }
}
