package io.syslet.bench.service;

import io.syslet.Kernel;
import io.syslet.Task;
import io.syslet.bench.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.HdrHistogram.Histogram;

/** A client that calls for a while, as fast as it is served. */
final class Caller {
  private final Kernel kernel;
  private final RepeatedCalls calls;

  Caller(Kernel kernel, RepeatedCalls calls) {
    this.kernel = kernel;
    this.calls = calls;
  }

  /** What callers got: their number of calls, and the latencies of all. */
  record Shares(Figures counts, Histogram latency) {
    long calls() {
      return latency.getTotalCount();
    }
  }

  /** Has them call at the same time, each by a task of its own, for so long. */
  static Shares together(List<Caller> callers, long nanos)
      throws InterruptedException, ExecutionException {
    List<Task> tasks = new ArrayList<>();
    List<Histogram> found = new ArrayList<>();
    CountDownLatch start = new CountDownLatch(1);
    for (Caller caller : callers) {
      Histogram mine = new Histogram(3);
      found.add(mine);
      tasks.add(caller.kernel.start(kernel -> caller.call(start, nanos, mine)));
    }
    start.countDown();
    Shares shares = new Shares(new Figures(), new Histogram(3));
    for (int i = 0; i < found.size(); i++) {
      tasks.get(i).join();
      shares.counts().add((double) found.get(i).getTotalCount());
      shares.latency().add(found.get(i));
    }
    return shares;
  }

  private void call(CountDownLatch start, long nanos, Histogram found) {
    try {
      start.await();
    } catch (InterruptedException e) {
      return;
    }
    found.add(calls.time(nanos));
  }
}
