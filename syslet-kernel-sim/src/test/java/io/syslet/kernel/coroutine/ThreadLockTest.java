package io.syslet.kernel.coroutine;

/** Locks for coroutines on threads. */
class ThreadLockTest extends LockContract {
  ThreadLockTest() {
    super(StackSwitch.threads());
  }
}
