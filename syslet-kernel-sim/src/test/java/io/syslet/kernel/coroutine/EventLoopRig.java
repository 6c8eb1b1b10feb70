package io.syslet.kernel.coroutine;

import java.util.ArrayList;
import java.util.List;

/** An event loop, and what was seen of the coroutines in it. */
abstract class EventLoopRig {
  final StackSwitch stacks;
  final EventLoop loop = new EventLoop("main", Time.virtual());
  final List<String> seen = new ArrayList<>();

  EventLoopRig(StackSwitch stacks) {
    this.stacks = stacks;
  }

  Coroutine create(String name, Runnable entry) {
    return Coroutine.create(stacks, name, argument -> entry.run());
  }

  Coroutine start(String name, Runnable entry) {
    Coroutine coroutine = create(name, entry);
    loop.inside(coroutine::enter);
    return coroutine;
  }
}
