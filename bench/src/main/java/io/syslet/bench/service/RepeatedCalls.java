package io.syslet.bench.service;

import io.syslet.CString;
import io.syslet.Calls;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Stat;
import io.syslet.Sys;
import org.HdrHistogram.Histogram;

/** RepeatedCalls of one thread that do not block: the same ones each time, submitted together. */
final class RepeatedCalls {
  private static final int MOST = 64;

  private final Calls calls;
  private final int count;
  private final Form form;

  /** Begins call {@code i} of a round. */
  private interface Form {
    void begin(Calls calls, int i);
  }

  private RepeatedCalls(Kernel kernel, int count, Form form) {
    this.calls = Calls.of(kernel, MOST);
    this.count = count;
    this.form = form;
  }

  /** Asks who the server runs as: a call that does nothing, made by the host. */
  static RepeatedCalls getuid(Kernel kernel) {
    return new RepeatedCalls(kernel, 1, (calls, i) -> calls.call(Nr.GETUID, 0, 0, 0, 0, 0, 0));
  }

  /** Looks at a file of the root, {@code count} times, up to {@value MOST}, in a batch. */
  static RepeatedCalls statx(Kernel kernel, String name, int count) {
    long path = CString.allocate(kernel.arena(), name);
    long to = kernel.arena().allocate((long) Stat.LENGTH * count, Long.BYTES).address();
    return new RepeatedCalls(
        kernel,
        count,
        (calls, i) ->
            calls.statx(Sys.AT_FDCWD, path, 0, Stat.STATX_SIZE, to + (long) Stat.LENGTH * i));
  }

  int count() {
    return count;
  }

  /** Makes them once, all of them, also if one of them blocks. */
  void make() {
    for (int i = 0; i < count; i++) {
      form.begin(calls, i);
    }
    calls.awaitAllOrThrow();
  }

  /** Makes them again and again, for so long. */
  Histogram time(long nanos) {
    Histogram found = new Histogram(3);
    long end = System.nanoTime() + nanos;
    for (long now = System.nanoTime(); now - end < 0; ) {
      make();
      long after = System.nanoTime();
      found.recordValue(after - now);
      now = after;
    }
    return found;
  }
}
