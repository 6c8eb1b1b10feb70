package io.syslet.kernel.plain;

import io.syslet.Nr;
import io.syslet.kernel.ThreadCall;
import io.syslet.ring.HostCalls;
import io.syslet.ring.HostSignals;

/** The calls of a thread of this process. */
final class HostThreadCall extends ThreadCall {
  private volatile long threadId;

  /** Of a thread that is not known yet. */
  HostThreadCall() {}

  /** The calls of the current thread, until others make calls there. */
  static HostThreadCall here() {
    HostThreadCall here = new HostThreadCall();
    here.onThisThread();
    return here;
  }

  /** The current thread is the one that makes the calls. */
  void onThisThread() {
    threadId = HostCalls.call(Nr.GETTID, 0, 0, 0, 0, 0, 0);
  }

  @Override
  protected void signal() {
    HostSignals.interrupt(threadId);
  }

  /** Signals that were sent are handled at the end of any system call. */
  @Override
  protected void flush() {
    HostCalls.send(Nr.GETPPID, 0, 0, 0, 0, 0, 0);
  }
}
