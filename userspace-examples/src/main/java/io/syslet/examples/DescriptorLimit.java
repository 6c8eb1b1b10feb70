package io.syslet.examples;

import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.ring.Memory;

/** How many descriptors a program may have. */
public final class DescriptorLimit {
  private static final int RLIMIT_NOFILE = 7;
  private static final int MOST = 4096;

  private DescriptorLimit() {}

  /** Half of what the process may have open, 4,096 at most: others want some, too. */
  public static int half(Kernel kernel) {
    long limits = kernel.arena().allocate(2 * Long.BYTES).address();
    long error = kernel.syscall(Nr.PRLIMIT64, 0, RLIMIT_NOFILE, 0, limits, 0, 0);
    long soft = error == 0 ? Memory.getLong(limits) : MOST;
    // As unsigned, for "unlimited" is all ones.
    return (int) (Long.compareUnsigned(soft, 2 * MOST) < 0 ? soft / 2 : MOST);
  }
}
