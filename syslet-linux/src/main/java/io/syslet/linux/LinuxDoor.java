package io.syslet.linux;

import io.syslet.kernel.LookTable;
import io.syslet.kernel.reactor.HostDoor;

/** The host by the stub. */
final class LinuxDoor implements HostDoor {
  @Override
  public long call(long nr, long a0, long a1, long a2, long a3, long a4, long a5) {
    LookTable.waiting().made(nr, a0, a1);
    return Native.syscall(nr, a0, a1, a2, a3, a4, a5);
  }

  @Override
  public void interrupt(long threadId) {
    boolean _ = Interrupter.interrupt(threadId);
  }
}
