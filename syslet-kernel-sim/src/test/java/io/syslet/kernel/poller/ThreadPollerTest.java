package io.syslet.kernel.poller;

import io.syslet.kernel.coroutine.StackSwitch;

/** A main loop whose jobs are coroutines on threads. */
class ThreadPollerTest extends PollerContract {
  ThreadPollerTest() {
    super(StackSwitch.threads());
  }
}
