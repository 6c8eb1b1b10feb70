package io.syslet.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What all threads of this JVM have allocated on the heap. */
public final class Allocation {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocation() {}

  /** Bytes so far, by every thread, also those that have ended. Allocates a little itself. */
  public static long bytes() {
    return THREADS.getTotalThreadAllocatedBytes();
  }
}
