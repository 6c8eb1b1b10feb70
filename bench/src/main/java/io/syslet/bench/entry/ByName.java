package io.syslet.bench.entry;

import io.syslet.Call;
import io.syslet.Calls;
import io.syslet.Kernel;

/** The floor above the slots: {@link Calls}, each call begun and its end told. */
final class ByName implements Subject {
  private final Calls calls;
  private final Work work;
  private final Call.Listener<ByName> ended = (subject, call, status) -> subject.sum += status;
  private long sum;

  ByName(Kernel kernel, Work work) {
    this.calls = Calls.of(kernel, Calls.BATCH);
    this.work = work;
  }

  @Override
  public long run(int count) {
    sum = 0;
    for (int i = 0; i < count; i++) {
      calls.call(work.nr(), work.a0(), work.a1(), work.a2(), work.a3(), 0, 0).then(ended, this, i);
    }
    calls.awaitAll();
    return sum;
  }
}
