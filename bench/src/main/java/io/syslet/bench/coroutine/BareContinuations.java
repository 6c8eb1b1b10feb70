package io.syslet.bench.coroutine;

import jdk.internal.vm.Continuation;
import jdk.internal.vm.ContinuationScope;

/** What ours are made of: without states, names, errors and checks. */
final class BareContinuations implements CoroutineSubject {
  private static final ContinuationScope SCOPE = new ContinuationScope("bare");

  @Override
  public Co counter(long[] count) {
    return new Continuation(SCOPE, () -> count[0]++)::run;
  }

  @Override
  public Co yielder(long[] count) {
    return new Continuation(
            SCOPE,
            () -> {
              while (true) {
                count[0]++;
                Continuation.yield(SCOPE);
              }
            })
        ::run;
  }

  @Override
  public Co nest(int depth, long[] count) {
    return new Continuation(
            SCOPE,
            () -> {
              count[0]++;
              if (depth > 1) {
                nest(depth - 1, count).enter();
              }
            })
        ::run;
  }
}
