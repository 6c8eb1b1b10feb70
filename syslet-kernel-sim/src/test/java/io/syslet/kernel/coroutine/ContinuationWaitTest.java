package io.syslet.kernel.coroutine;

/** Queues, sleeps and timeouts for coroutines on continuations of the JVM. */
class ContinuationWaitTest extends WaitContract {
  ContinuationWaitTest() {
    super(StackSwitch.continuations());
  }
}
