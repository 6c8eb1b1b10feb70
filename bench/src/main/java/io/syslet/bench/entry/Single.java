package io.syslet.bench.entry;

import io.syslet.Kernel;
import io.syslet.Params;
import io.syslet.Registers;
import io.syslet.Syslet;
import io.syslet.bench.Pending;
import java.lang.foreign.MemorySegment;

/** One {@code indirect} per call, its registers written each time. */
final class Single implements Subject {
  private final Kernel kernel;
  private final Pending pending;
  private final Work work;
  private final MemorySegment registers;
  private final MemorySegment params;

  Single(Kernel kernel, Pending pending, Work work) {
    this.kernel = kernel;
    this.pending = pending;
    this.work = work;
    registers = kernel.arena().allocate(Registers.LENGTH, Long.BYTES);
    params = kernel.arena().allocate(Params.LENGTH, Long.BYTES);
    Params.put(params.address(), pending.ring().address(), 0);
  }

  @Override
  public long run(int calls) {
    long sum = 0;
    for (int i = 0; i < calls; i++) {
      Registers.put(
          registers.address(), work.nr(), work.a0(), work.a1(), work.a2(), work.a3(), 0, 0);
      long result = kernel.indirect(registers, params, 0);
      sum += result == -Syslet.ESYSLETPENDING ? pending.status() : result;
    }
    return sum;
  }
}
