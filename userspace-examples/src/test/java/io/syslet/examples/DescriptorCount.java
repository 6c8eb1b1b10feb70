package io.syslet.examples;

import io.syslet.Errno;
import io.syslet.Nr;
import java.util.concurrent.atomic.AtomicInteger;

/** Real calls, with the descriptors in use counted and, beyond a limit, refused. */
final class DescriptorCount implements SystemCalls {
  private final int limit;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();

  DescriptorCount(int limit) {
    this.limit = limit;
  }

  int open() {
    return open.get();
  }

  int most() {
    return most.get();
  }

  int refused() {
    return refused.get();
  }

  @Override
  public long call(long nr, long a0, long a1, long a2, long a3, long a4, long a5) {
    if (nr == Nr.OPENAT && most.accumulateAndGet(open.incrementAndGet(), Math::max) > limit) {
      most.accumulateAndGet(limit, Math::min);
      open.decrementAndGet();
      refused.incrementAndGet();
      return -Errno.EMFILE;
    }
    long result = DirectCalls.call(nr, a0, a1, a2, a3, a4, a5);
    boolean gone = nr == Nr.OPENAT ? result < 0 : nr == Nr.CLOSE;
    if (gone) {
      open.decrementAndGet();
    }
    return result;
  }
}
