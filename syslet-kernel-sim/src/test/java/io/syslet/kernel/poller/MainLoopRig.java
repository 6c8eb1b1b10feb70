package io.syslet.kernel.poller;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.kernel.coroutine.StackSwitch;
import java.util.ArrayList;
import java.util.List;

/** A main loop on a clock that the test moves, and what was seen in it. */
abstract class MainLoopRig {
  static final long MS = 1_000_000;

  final List<String> seen = new ArrayList<>();
  final List<String> warnings = new ArrayList<>();
  long time;
  final MainLoop loop;

  MainLoopRig(StackSwitch stacks) {
    loop = new MainLoop(() -> time, stacks, warnings::add);
  }

  PollerJob poller(String name, Runnable function) {
    PollerJob poller = new PollerJob(name, function);
    assertThat(loop.pollers().register(poller)).isZero();
    return poller;
  }

  void rounds(int count) {
    for (int i = 0; i < count; i++) {
      loop.resched();
    }
  }
}
