package io.syslet.bench.service;

import io.syslet.bench.Fork;
import io.syslet.client.RemoteKernel;
import io.syslet.server.net.Transport;
import java.nio.file.Files;
import java.util.List;

/**
 * Calls that do not block, of one busy client of a whole server: locally through shared memory, and
 * over TLS. Beside them, in turns, what a bare Netty echo of as many bytes takes over the same
 * transport, TLS with the same certificates: asked from its event loop, and by a thread that sleeps
 * until the echo is there.
 */
final class CallReport {
  private static final int BATCH = 64;
  private static final long ROUND_NANOS = 250_000_000;
  private static final String NAME = "file";

  /** Bytes of a frame, the mean of both directions. */
  private static final int GETUID_LENGTH = 72;

  private static final int STATX_LENGTH = 208;

  private final int rounds;
  private final RoundTrips trips = new RoundTrips();

  CallReport(int rounds) {
    this.rounds = rounds;
  }

  void run() throws Exception {
    try (Folder folder = Folder.make()) {
      Pki.make(folder.path());
      Files.createFile(folder.root().resolve(NAME));
      Process echo = Fork.start(EchoProcess.class, List.of(), List.of(folder.path().toString()));
      int port = Integer.parseInt(String.valueOf(Served.out(echo).readLine()));
      try (Served served = new Served(folder.path(), folder.root());
          EchoClient unix = EchoClient.unix(folder.path());
          EchoClient tls = EchoClient.tls(folder.path(), port)) {
        measure(served, unix, tls, echo.pid());
      } finally {
        echo.getOutputStream().close();
        echo.onExit().join();
      }
    }
    System.out.println("calls: transport of Netty " + Transport.best());
    System.out.print(trips.table());
  }

  private void measure(Served served, EchoClient unix, EchoClient tls, long echo) throws Exception {
    try (RemoteKernel near = served.connectUnix();
        RemoteKernel far = served.connectTls()) {
      Series local = new Series("local", near, unix, served.pid(), echo);
      Series remote = new Series("TLS", far, tls, served.pid(), echo);
      for (int round = 0; round <= rounds; round++) {
        local.round(round > 0);
        remote.round(round > 0);
      }
    }
  }

  /** One way to the server, and the echo that goes the same way. */
  private final class Series {
    private final String way;
    private final RemoteKernel kernel;
    private final EchoClient echo;
    private final long server;
    private final long echoServer;
    private final RepeatedCalls getuid;
    private final RepeatedCalls statx;
    private final RepeatedCalls batch;

    Series(String way, RemoteKernel kernel, EchoClient echo, long server, long echoServer) {
      this.way = way;
      this.kernel = kernel;
      this.echo = echo;
      this.server = server;
      this.echoServer = echoServer;
      getuid = RepeatedCalls.getuid(kernel);
      statx = RepeatedCalls.statx(kernel, NAME, 1);
      batch = RepeatedCalls.statx(kernel, NAME, BATCH);
    }

    void round(boolean counts) throws Exception {
      String small = "echo, " + GETUID_LENGTH + " bytes";
      String large = "echo, " + STATX_LENGTH + " bytes";
      echo(small, GETUID_LENGTH, counts);
      calls("getuid", getuid, small, counts);
      echo(large, STATX_LENGTH, counts);
      calls("statx", statx, large, counts);
      calls(BATCH + " x statx", batch, large, counts);
    }

    private void echo(String what, int length, boolean counts) throws Exception {
      trip(what, what, 1, echoServer, counts, () -> echo.onLoop(length, ROUND_NANOS));
      String waiting = what + ", waited for";
      trip(waiting, what, 1, echoServer, counts, () -> echo.fromThread(length, ROUND_NANOS));
    }

    private void calls(String what, RepeatedCalls calls, String rival, boolean counts)
        throws Exception {
      trip(what, rival, calls.count(), server, counts, () -> calls.time(ROUND_NANOS));
    }

    private void trip(
        String what, String rival, int batch, long to, boolean counts, RoundTrips.Round round)
        throws Exception {
      trips.measure(
          way + ": " + what,
          way + ": " + rival,
          batch,
          to,
          to == echoServer ? echo::messages : kernel::socketMessages,
          counts,
          round);
    }
  }
}
