package io.syslet.kernel.coroutine;

/** Queues, sleeps and timeouts for coroutines on threads. */
class ThreadWaitTest extends WaitContract {
  ThreadWaitTest() {
    super(StackSwitch.threads());
  }
}
