package io.syslet.kernel.coroutine;

/** On continuations of the JVM. */
class ContinuationCoroutineEndTest extends CoroutineEndContract {
  ContinuationCoroutineEndTest() {
    super(StackSwitch.continuations());
  }
}
