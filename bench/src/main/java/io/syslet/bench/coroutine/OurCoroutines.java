package io.syslet.bench.coroutine;

import io.syslet.kernel.coroutine.Coroutine;
import io.syslet.kernel.coroutine.StackSwitch;

/** Ours. */
final class OurCoroutines implements CoroutineSubject {
  private final StackSwitch stacks;

  OurCoroutines(StackSwitch stacks) {
    this.stacks = stacks;
  }

  @Override
  public Co counter(long[] count) {
    return Coroutine.create(stacks, "counter", argument -> count[0]++)::enter;
  }

  @Override
  public Co yielder(long[] count) {
    return Coroutine.create(
            stacks,
            "yielder",
            argument -> {
              while (true) {
                count[0]++;
                Coroutine.yield();
              }
            })
        ::enter;
  }

  @Override
  public Co nest(int depth, long[] count) {
    return Coroutine.create(
            stacks,
            "nest",
            argument -> {
              count[0]++;
              if (depth > 1) {
                nest(depth - 1, count).enter();
              }
            })
        ::enter;
  }
}
