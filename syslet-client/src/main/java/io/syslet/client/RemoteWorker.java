package io.syslet.client;

import io.syslet.CallSlots;
import io.syslet.Params;
import io.syslet.Program;
import io.syslet.kernel.StayedBehind;
import io.syslet.kernel.Submission;
import io.syslet.ring.Memory;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who ends a call that went on without its task: the pump, which makes no calls, or a thread that
 * goes on with its program.
 */
final class RemoteWorker implements StayedBehind {
  private final RemoteKernel kernel;
  private final @Nullable RemoteTask task;
  private final RemotePending call;

  /**
   * @param task makes the program's calls; null for the pump.
   */
  RemoteWorker(RemoteKernel kernel, @Nullable RemoteTask task, RemotePending call) {
    this.kernel = kernel;
    this.task = task;
    this.call = call;
  }

  @Override
  public boolean isCanceled() {
    return kernel.isCanceled();
  }

  @Override
  public int asked() {
    return call.asked();
  }

  @Override
  public long next(Submission program) {
    long slot = program.call();
    call.begins(slot, Memory.getLong(slot + CallSlots.PARAMS + Params.CALLER_DATA), 0);
    int unwanted = call.asked();
    return unwanted != 0 ? -unwanted : Objects.requireNonNull(task).callPlainly(slot, call);
  }

  @Override
  public void post(Submission of, long callerData, long status) {
    kernel.ended(call, status);
    of.complete(callerData, status);
    of.giveBack();
  }

  @Override
  public boolean launch(Program frame) {
    return kernel.launch(frame);
  }
}
