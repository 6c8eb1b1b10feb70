package io.syslet.linux;

import io.syslet.Atoms;
import io.syslet.CallSlots;
import io.syslet.Frame;
import io.syslet.Kernel;
import io.syslet.KernelStats;
import io.syslet.Program;
import io.syslet.StuckCall;
import io.syslet.Task;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.CompletionWord;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;

/**
 * The kernel as one task sees it: what {@link LinuxKernel} is, but that calls by the task's own
 * thread find their task without a look-up.
 */
final class TaskKernel implements Kernel {
  private final LinuxKernel kernel;
  private final LinuxTask task;

  TaskKernel(LinuxKernel kernel, LinuxTask task) {
    this.kernel = kernel;
    this.task = task;
  }

  @Override
  public String name() {
    return kernel.name();
  }

  private boolean isOwn() {
    return Thread.currentThread() == task.thread() && !kernel.isClosing();
  }

  @Override
  public long syscall(long nr, long a0, long a1, long a2, long a3, long a4, long a5) {
    return isOwn()
        ? kernel.syscallOfTask(nr, a0, a1, a2, a3, a4, a5)
        : kernel.syscall(nr, a0, a1, a2, a3, a4, a5);
  }

  @Override
  public long indirect(MemorySegment registers, MemorySegment params, int flags) {
    return isOwn()
        ? task.indirect(registers, params, flags)
        : kernel.indirect(registers, params, flags);
  }

  @Override
  public int indirect(CallSlots slots, int first, int count, int flags) {
    return isOwn()
        ? task.indirect(slots, first, count, flags)
        : kernel.indirect(slots, first, count, flags);
  }

  @Override
  public long exec(Atoms atoms, int first, int steps, int flags) {
    return isOwn()
        ? task.exec(atoms, first, steps, flags)
        : kernel.exec(atoms, first, steps, flags);
  }

  @Override
  public long ringWait(CompletionRing ring, long userIndex) {
    return kernel.ringWait(ring, userIndex);
  }

  @Override
  public long ringWait(CompletionRing ring, long userIndex, int min, long timeoutNanos) {
    return kernel.ringWait(ring, userIndex, min, timeoutNanos);
  }

  @Override
  public long wordWait(CompletionWord word, long timeoutNanos) {
    return kernel.wordWait(word, timeoutNanos);
  }

  @Override
  public int cancel(long target, long callerData, long patienceNanos) {
    return kernel.cancel(target, callerData, patienceNanos);
  }

  @Override
  public int cancelFd(int fd) {
    return kernel.cancelFd(fd);
  }

  @Override
  public int cancelAll() {
    return kernel.cancelAll();
  }

  @Override
  public Arena arena() {
    return kernel.arena();
  }

  @Override
  public Task start(Program program) {
    return kernel.start(program);
  }

  @Override
  public long frame(Frame function) {
    return kernel.frame(function);
  }

  @Override
  public int maxWorkers(int limit) {
    return kernel.maxWorkers(limit);
  }

  @Override
  public int maxPending(int limit) {
    return kernel.maxPending(limit);
  }

  @Override
  public int processors() {
    return kernel.processors();
  }

  @Override
  public KernelStats stats() {
    return kernel.stats();
  }

  @Override
  public void close() {
    kernel.close();
  }

  @Override
  public List<StuckCall> close(Duration drain) {
    return kernel.close(drain);
  }
}
