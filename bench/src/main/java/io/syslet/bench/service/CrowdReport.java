package io.syslet.bench.service;

import io.syslet.bench.Figures;
import io.syslet.bench.Table;
import io.syslet.client.RemoteKernel;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * A thousand sessions that do nothing, and two hundred whose clients call all the time: what the
 * former cost, and how the latter share the server. All are local, and of one client process.
 */
final class CrowdReport {
  private static final int IDLE = 1000;
  private static final int BUSY = 200;
  private static final long ARENA = 1 << 20;
  private static final int ELEMENTS = 16;
  private static final int SECONDS = 3;
  private static final String NAME = "file";
  private static final double MICRO = 1000;

  private final int rounds;
  private final List<RemoteKernel> kernels = new ArrayList<>();
  private final Table costs =
      new Table(
          "sessions",
          "server: VmRSS MB",
          "own MB",
          "threads",
          "descriptors",
          "server CPU %",
          "client CPU %");
  private final Table shares =
      new Table(
          "200 busy, 1,000 idle",
          "calls/s",
          "p50 µs",
          "p99 µs",
          "fewest calls",
          "most",
          "fewest / most",
          "server sleeps per call",
          "messages per call");

  CrowdReport(int rounds) {
    this.rounds = rounds;
  }

  void run() throws Exception {
    try (Folder folder = Folder.make()) {
      Pki.make(folder.path());
      Files.createFile(folder.root().resolve(NAME));
      try (Served served = new Served(folder.path(), folder.root())) {
        cost("none", served);
        connect(served, IDLE);
        OtherProcess alone = cost("1,000 idle", served);
        connect(served, BUSY);
        OtherProcess all = cost("1,200 idle", served);
        share(served);
        System.out.print(costs);
        System.out.printf(
            "A session costs the server %d KB of memory, %d of it its own, and %.1f"
                + " descriptors.%n%n",
            (all.residentKilobytes() - alone.residentKilobytes()) / BUSY,
            (all.privateKilobytes() - alone.privateKilobytes()) / BUSY,
            (double) (all.descriptors() - alone.descriptors()) / BUSY);
        System.out.print(shares);
      } finally {
        kernels.forEach(RemoteKernel::close);
      }
    }
  }

  private void connect(Served served, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      RemoteKernel kernel = served.connectUnix(ARENA, ELEMENTS);
      kernels.add(kernel);
      RepeatedCalls.statx(kernel, NAME, 1).make();
    }
  }

  /** Looks at the server while nobody calls. */
  private OtherProcess cost(String what, Served served) throws InterruptedException {
    TimeUnit.SECONDS.sleep(1);
    long me = ProcessHandle.current().pid();
    OtherProcess before = OtherProcess.of(served.pid());
    OtherProcess clientBefore = OtherProcess.of(me);
    TimeUnit.SECONDS.sleep(SECONDS);
    OtherProcess after = OtherProcess.of(served.pid());
    costs.row(
        what,
        Table.number(after.residentKilobytes() / 1024.0, 0),
        Table.number(after.privateKilobytes() / 1024.0, 0),
        Long.toString(after.threads()),
        Long.toString(after.descriptors()),
        percent(before, after),
        percent(clientBefore, OtherProcess.of(me)));
    return after;
  }

  private static String percent(OtherProcess before, OtherProcess after) {
    double seconds =
        (double) (after.cpuTicks() - before.cpuTicks()) / OtherProcess.TICKS_PER_SECOND;
    return Table.number(100 * seconds / SECONDS, 1);
  }

  private void share(Served served) throws InterruptedException, ExecutionException {
    List<Caller> callers = new ArrayList<>();
    for (RemoteKernel kernel : kernels.subList(IDLE, IDLE + BUSY)) {
      callers.add(new Caller(kernel, RepeatedCalls.statx(kernel, NAME, 1)));
    }
    for (int round = 0; round <= rounds; round++) {
      long messages = messages();
      long sleeps = Sleeps.of(served.pid());
      Caller.Shares found = Caller.together(callers, TimeUnit.SECONDS.toNanos(SECONDS));
      double calls = found.calls();
      double slept = (Sleeps.of(served.pid()) - sleeps) / calls;
      double sent = (messages() - messages) / calls;
      if (round > 0) {
        row(round, found, slept, sent);
      }
    }
  }

  private long messages() {
    return kernels.stream().mapToLong(RemoteKernel::socketMessages).sum();
  }

  private void row(int round, Caller.Shares found, double slept, double sent) {
    Figures counts = found.counts();
    shares.row(
        "round " + round,
        Table.number((double) found.calls() / SECONDS, 0),
        Table.number(found.latency().getValueAtPercentile(50) / MICRO, 1),
        Table.number(found.latency().getValueAtPercentile(99) / MICRO, 1),
        Table.number(counts.min(), 0),
        Table.number(counts.max(), 0),
        Table.number(counts.min() / counts.max(), 2),
        Table.number(slept, 3),
        Table.number(sent, 3));
  }
}
