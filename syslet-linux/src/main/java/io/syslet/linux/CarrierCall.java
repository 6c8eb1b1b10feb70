package io.syslet.linux;

import io.syslet.Nr;
import io.syslet.kernel.ThreadCall;

/** The calls of a thread that makes them by the stub. */
final class CarrierCall extends ThreadCall {
  private volatile long threadId;

  /** Of a thread that is not known yet. */
  CarrierCall() {}

  /** The calls of the current thread, until others make calls there. */
  static CarrierCall here() {
    CarrierCall here = new CarrierCall();
    here.onThisThread();
    return here;
  }

  /** The current thread is the one that makes the calls. */
  void onThisThread() {
    threadId = Native.syscall(Nr.GETTID, 0, 0, 0, 0, 0, 0);
  }

  long threadId() {
    return threadId;
  }

  @Override
  protected void signal() {
    boolean _ = Interrupter.interrupt(threadId);
  }

  /** Signals that were sent are handled at the end of any system call. */
  @Override
  protected void flush() {
    Native.syscall(Nr.GETPPID, 0, 0, 0, 0, 0, 0);
  }
}
