package io.syslet.linux;

import io.syslet.Nr;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;

/**
 * Interrupts a worker that is blocked in a call, as signal(7) has it: tgkill(2) with a signal whose
 * handler does nothing, installed without SA_RESTART, so that a call that can be interrupted
 * returns −EINTR. The signal may fall before the sleep, so who sends it repeats it until the call
 * has ended.
 *
 * <pre>
 *   struct kernel sigaction: 0 handler, 8 flags, 16 restorer, 24 mask
 * </pre>
 *
 * With the flag for it, the kernel returns from the handler to the restorer, whatever that is; on
 * aarch64 there is none.
 */
final class Interrupter {
  private static final long RT_SIGACTION =
      System.getProperty("os.arch", "").equals("aarch64") ? 134 : 13;
  private static final int SIGNAL = 60;
  private static final long SA_RESTORER = 0x04000000;
  private static final int MASK_LENGTH = 8;

  private static final boolean INSTALLED = install();

  private Interrupter() {}

  /** Sends the signal to a thread of this process, by its thread id: whether that was possible. */
  static boolean interrupt(long threadId) {
    long process = Native.syscall(Nr.GETPID, 0, 0, 0, 0, 0, 0);
    return INSTALLED && Native.syscall(Nr.TGKILL, process, threadId, SIGNAL, 0, 0, 0) == 0;
  }

  private static boolean install() {
    try (Arena arena = Arena.ofConfined()) {
      long action = arena.allocate(32, 8).address();
      long restorer = Native.restorer();
      Memory.putLong(action, Native.handler());
      Memory.putLong(action + 8, restorer == 0 ? 0 : SA_RESTORER);
      Memory.putLong(action + 16, restorer);
      return Native.syscall(RT_SIGACTION, SIGNAL, action, 0, MASK_LENGTH, 0, 0) == 0;
    }
  }
}
