package io.syslet.kernel.poller;

import io.syslet.kernel.coroutine.StackSwitch;

/** A main loop whose bthreads are coroutines on threads. */
class ThreadBthreadTest extends BthreadContract {
  ThreadBthreadTest() {
    super(StackSwitch.threads());
  }
}
