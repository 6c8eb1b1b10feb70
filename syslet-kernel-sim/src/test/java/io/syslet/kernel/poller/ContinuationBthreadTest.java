package io.syslet.kernel.poller;

import io.syslet.kernel.coroutine.StackSwitch;

/** A main loop whose bthreads are coroutines on continuations. */
class ContinuationBthreadTest extends BthreadContract {
  ContinuationBthreadTest() {
    super(StackSwitch.continuations());
  }
}
