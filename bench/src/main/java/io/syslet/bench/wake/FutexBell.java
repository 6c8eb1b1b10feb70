package io.syslet.bench.wake;

import io.syslet.Nr;
import io.syslet.bench.Host;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;

/** A bare futex by foreign calls: the least that sleeping and waking can cost. */
final class FutexBell implements Bell {
  private static final int FUTEX_WAIT_PRIVATE = 128;
  private static final int FUTEX_WAKE_PRIVATE = 129;

  private final long word = Arena.global().allocate(Integer.BYTES, Integer.BYTES).address();

  @Override
  public void sleepUntil(int times) {
    while (Memory.getIntAcquire(word) < times) {
      Host.syscall(Nr.FUTEX, word, FUTEX_WAIT_PRIVATE, times - 1, 0, 0, 0);
    }
  }

  @Override
  public void ring() {
    Memory.putIntVolatile(word, Memory.getInt(word) + 1);
    Host.syscall(Nr.FUTEX, word, FUTEX_WAKE_PRIVATE, 1);
  }
}
