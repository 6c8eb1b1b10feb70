package io.syslet;

import io.syslet.ring.Memory;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program of calls, made one after the other without the caller: {@link Kernel#exec} with names
 * for its atoms. One that blocks nowhere costs one entry into the kernel, one that blocks one
 * hand-over, however many calls it has.
 *
 * <pre>
 * Chain chain = calls.chain();
 * Step fd = chain.openat(Sys.AT_FDCWD, path, Sys.O_RDONLY, 0).stopOnError();
 * Step length = chain.read(fd, buffer);
 * chain.close(fd);
 * chain.run();
 * </pre>
 *
 * Steps are added once, and run as often as wanted; a run allocates nothing once the first has laid
 * the program out. Where a kernel has no {@code exec} the calls are made step by step, with the
 * same result. Buffers and paths belong to the program as long as it may run.
 *
 * <p>For the task that has the {@link Calls}.
 */
public final class Chain extends StepForms {
  /** As a step: none, the program ends. */
  static final int END = Atoms.END;

  /** From {@link #enter}: the calls are made step by step, and the end is told of later. */
  static final long GOES_ON = Long.MIN_VALUE;

  /** From {@link #enter}: nothing was done, for want of room. The last step may say −EAGAIN too. */
  static final long REFUSED = Long.MIN_VALUE + 1;

  private static final int FOREVER = Integer.MAX_VALUE;

  private final Calls calls;
  private final List<Step> steps = new ArrayList<>();
  private final List<MemorySegment> kept = new ArrayList<>();
  private final StepByStep byStep;
  private @Nullable Atoms atoms;
  private boolean changed;
  private boolean running;
  private long deadline;

  Chain(Calls calls) {
    this.calls = calls;
    this.byStep = new StepByStep(calls.dispatcher, this, steps);
  }

  // ---- building

  @Override
  public Step call(long nr, long a0, long a1, long a2, long a3, long a4, long a5) {
    return add(new Step(this, nr, a0, a1, a2, a3, a4, a5));
  }

  private Step add(Step step) {
    change();
    steps.add(step);
    return step;
  }

  @Override
  public long memory(long length) {
    return calls.kernel.arena().allocate(length, Long.BYTES).address();
  }

  @Override
  void keep(MemorySegment segment) {
    kept.add(segment);
  }

  /** A label, to be put {@linkplain Label#here somewhere}. */
  public Label label() {
    return new Label(this);
  }

  /** A label before the step that is added next. */
  public Label here() {
    return label().here();
  }

  /** Adds up what an earlier step said, each time: its own {@link Step#status} is the sum. */
  public Step sum(Step of) {
    return add(new Step(this, Nr.UMEM_ADD, 0, 0)).fetch(1, of);
  }

  // ---- running

  /**
   * Runs the program, and waits for its end; those told of other calls are told meanwhile.
   *
   * @return the status of the step that was last; or of the program, as {@link Kernel#exec} says.
   * @throws SyscallException if the wait fails: the thread is interrupted.
   * @throws IllegalStateException if there are no steps, the program is running, a label is
   *     nowhere, or this is called by one who is told of an end.
   */
  public long run() {
    return begin().await();
  }

  /**
   * As {@link #run}, but the −errno of the step that was last is thrown.
   *
   * @throws SyscallException with the errno of that step, or as there.
   */
  public long runOrThrow() {
    long last = run();
    for (Step step : steps) {
      if (step.status() == last) {
        return SyscallException.orThrow(step.nr, last);
      }
    }
    return SyscallException.orThrow(Nr.INDIRECT, last);
  }

  /**
   * Begins the program as one call among others: {@link Call#then} tells of its end, with what
   * {@link #run} returns. It can be run again when its end is told.
   *
   * @throws IllegalStateException if there are no steps, the program is running, or a label is
   *     nowhere.
   */
  public Call begin() {
    if (running || steps.isEmpty()) {
      throw new IllegalStateException(running ? "the program is running" : "there are no steps");
    }
    if (changed) {
      layOut();
    }
    Call call = calls.dispatcher.begin(this);
    running = true;
    deadline = -1;
    return call;
  }

  /** The run that was begun has so many nanoseconds. */
  void within(long nanos) {
    deadline = nanos;
  }

  private void layOut() {
    int count = 0;
    for (Step step : steps) {
      count += step.place(count);
    }
    Atoms laid = Atoms.allocate(calls.kernel.arena(), count, 0, calls.dispatcher.ring);
    for (int i = 0; i < steps.size(); i++) {
      boolean isLast = i + 1 == steps.size();
      steps.get(i).write(laid, isLast ? END : steps.get(i + 1).atom());
    }
    atoms = laid;
    changed = false;
  }

  /**
   * Runs it, as far as that goes without blocking: its status, {@link #GOES_ON} or {@link
   * #REFUSED}.
   */
  long enter(Call call) {
    Atoms program = atoms();
    program.deadline(0, deadline);
    for (int i = 0; i < program.capacity(); i++) {
      Memory.putLong(program.slots().params(i) + Params.CALLER_DATA, call.number);
    }
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      status(step, step.nr == Nr.UMEM_ADD ? 0 : -Errno.ECANCELED);
    }
    long last = calls.kernel.exec(program, 0, FOREVER, 0);
    if (last == -Errno.ENOSYS) {
      byStep.goOn(call, 0);
      return GOES_ON;
    }
    if (last == -Errno.EAGAIN) {
      return REFUSED;
    }
    return last < 0 ? last : program.status((int) last);
  }

  void status(Step step, long status) {
    Memory.putLong(atoms().atom(step.atom()) + CallSlots.STATUS, status);
  }

  /** The program has ended. */
  void ended() {
    running = false;
  }

  // ---- for steps and labels

  int size() {
    return steps.size();
  }

  void change() {
    if (running) {
      throw new IllegalStateException("the program is running");
    }
    changed = true;
  }

  Label own(Label label) {
    if (!label.isOf(this)) {
      throw new IllegalArgumentException("a label of another program");
    }
    return label;
  }

  Step own(Step step) {
    if (!steps.contains(step)) {
      throw new IllegalArgumentException("a step of another program");
    }
    return step;
  }

  int atomAt(Label label) {
    int step = label.step();
    return step == END ? END : steps.get(step).atom();
  }

  Atoms atoms() {
    if (atoms == null) {
      throw new IllegalStateException("the program has not been run");
    }
    return atoms;
  }
}
