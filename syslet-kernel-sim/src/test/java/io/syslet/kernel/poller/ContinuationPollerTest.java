package io.syslet.kernel.poller;

import io.syslet.kernel.coroutine.StackSwitch;

/** A main loop whose jobs are coroutines on continuations. */
class ContinuationPollerTest extends PollerContract {
  ContinuationPollerTest() {
    super(StackSwitch.continuations());
  }
}
