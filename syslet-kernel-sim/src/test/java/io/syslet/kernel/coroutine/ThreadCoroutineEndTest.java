package io.syslet.kernel.coroutine;

/** On threads. */
class ThreadCoroutineEndTest extends CoroutineEndContract {
  ThreadCoroutineEndTest() {
    super(StackSwitch.threads());
  }
}
