package io.syslet.bench.service;

import io.syslet.CString;
import io.syslet.Nr;
import io.syslet.Stat;
import io.syslet.Sys;
import io.syslet.bench.Figures;
import io.syslet.bench.Host;
import io.syslet.bench.Latencies;
import io.syslet.bench.Table;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Calls that do not block, over memory shared with a server process: a busy client, whose server
 * looks all the time, and a quiet one, after whose every call both sides have gone to sleep. The
 * server's poller stays on one processor, so it matters on which the client runs.
 */
final class LocalReport {
  private static final int BATCH = 64;

  /** Of these; counted before any thread is bound, which would change the count. */
  private static final int PROCESSORS = Math.min(4, Runtime.getRuntime().availableProcessors());

  private static final int CALLS = 50_000;
  private static final int QUIET_CALLS = 500;
  private static final long QUIET_NANOS = 1_000_000;
  private static final String NAME = "file";

  private final int rounds;
  private final Latencies latencies = new Latencies();
  private final Map<String, Figures[]> switches = new LinkedHashMap<>();

  LocalReport(int rounds) {
    this.rounds = rounds;
  }

  void run() throws IOException {
    Path root = Files.createTempDirectory("syslet-bench");
    Files.createFile(root.resolve(NAME));
    try (LocalClient client = new LocalClient(root, BATCH)) {
      for (int round = 0; round <= rounds; round++) {
        round(client, root, round > 0);
      }
    } finally {
      Files.delete(root.resolve(NAME));
      Files.delete(root);
    }
    System.out.print(latencies.table("call"));
    System.out.println();
    System.out.print(table());
  }

  private void round(LocalClient client, Path root, boolean counts) {
    direct(root, counts);
    for (int i = 0; i < PROCESSORS; i++) {
      Host.pin(0, i);
      served(client, ", client on processor " + i, counts);
    }
  }

  private void served(LocalClient client, String where, boolean counts) {
    client.fillGetuid(1);
    measure("getuid" + where, client, 1, CALLS, 0, counts);
    client.fillStatx(1, NAME);
    measure("statx" + where, client, 1, CALLS, 0, counts);
    client.fillStatx(BATCH, NAME);
    measure("64 x statx" + where, client, BATCH, CALLS / BATCH, 0, counts);
    client.fillStatx(1, NAME);
    measure("statx, both asleep" + where, client, 1, QUIET_CALLS, QUIET_NANOS, counts);
  }

  private void direct(Path root, boolean counts) {
    try (Arena arena = Arena.ofConfined()) {
      long path = CString.allocate(arena, root.resolve(NAME).toString());
      long statx = arena.allocate(256, Long.BYTES).address();
      time("getuid, direct", counts, () -> Host.syscall(Nr.GETUID, 0, 0, 0));
      time(
          "statx, direct",
          counts,
          () -> Host.syscall(Nr.STATX, Sys.AT_FDCWD, path, 0, Stat.STATX_SIZE, statx, 0));
    }
  }

  private interface Call {
    long make();
  }

  private void time(String what, boolean counts, Call call) {
    Histogram found = new Histogram(3);
    for (int i = 0; i < CALLS; i++) {
      long start = System.nanoTime();
      if (call.make() < 0) {
        throw new IllegalStateException(what + " failed");
      }
      found.recordValue(System.nanoTime() - start);
    }
    if (counts) {
      latencies.add(what, found);
    }
  }

  private void measure(
      String what, LocalClient client, int batch, int times, long pause, boolean counts) {
    Histogram found = new Histogram(3);
    long rung = client.rung();
    long sleeps = Sleeps.ofThisThread();
    long serverSleeps = client.serverSleeps();
    for (int i = 0; i < times; i++) {
      if (pause > 0) {
        LockSupport.parkNanos(pause);
      }
      long start = System.nanoTime();
      client.run(batch);
      found.recordValue(System.nanoTime() - start);
    }
    if (counts) {
      double calls = (double) times * batch;
      latencies.add(what, found);
      Figures[] of = switches.computeIfAbsent(what, name -> figures());
      of[0].add((Sleeps.ofThisThread() - sleeps - (pause > 0 ? times : 0)) / calls);
      of[1].add((client.serverSleeps() - serverSleeps) / calls);
      of[2].add((client.rung() - rung) / calls);
    }
  }

  private static Figures[] figures() {
    return new Figures[] {new Figures(), new Figures(), new Figures()};
  }

  private Table table() {
    Table table = new Table("sleeps per call", "client", "server, all threads", "bells");
    switches.forEach(
        (what, of) ->
            table.row(
                what,
                Table.number(of[0].median(), 4),
                Table.number(of[1].median(), 4),
                Table.number(of[2].median(), 4)));
    return table;
  }
}
