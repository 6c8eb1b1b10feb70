package io.syslet.bench.handover;

import io.syslet.Kernel;
import io.syslet.bench.BlockingRead;
import io.syslet.ring.CompletionRing;
import org.HdrHistogram.Histogram;

/** Reads from a pipe that is empty. */
final class PipeBlocker implements Blocker {
  private final BlockingRead read;
  private final int calls;

  PipeBlocker(Kernel kernel, CompletionRing ring, int calls) {
    this.read = new BlockingRead(kernel, ring);
    this.calls = calls;
  }

  @Override
  public String name() {
    return "read, empty pipe";
  }

  @Override
  public int round(Histogram found) {
    int missed = 0;
    for (int i = 0; i < calls; i++) {
      long start = System.nanoTime();
      if (read.call(i)) {
        found.recordValue(System.nanoTime() - start);
        read.feed();
        read.settle();
      } else {
        missed++;
      }
    }
    return missed;
  }

  @Override
  public void close() {
    read.close();
  }
}
