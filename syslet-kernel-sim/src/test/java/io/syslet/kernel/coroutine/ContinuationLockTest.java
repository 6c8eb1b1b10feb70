package io.syslet.kernel.coroutine;

/** Locks for coroutines on continuations of the JVM. */
class ContinuationLockTest extends LockContract {
  ContinuationLockTest() {
    super(StackSwitch.continuations());
  }
}
