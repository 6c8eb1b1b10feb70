package io.syslet.bench.service;

import io.syslet.linux.LinuxKernel;
import io.syslet.linux.LinuxOptions;
import io.syslet.server.local.LocalPort;
import io.syslet.server.policy.Limits;
import io.syslet.server.session.Opened;
import io.syslet.server.session.Peer;
import io.syslet.server.session.SessionOptions;
import io.syslet.server.session.Sessions;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A server with one poller and one local session, and pipes for a socket: prints where its files
 * are, takes each byte of its input for a BELL, and ends at the end of it. {@code SessionProcess
 * ROOT}.
 */
final class SessionProcess {
  private static final int ELEMENTS = 256;
  private static final long HEAP = 1 << 20;

  private SessionProcess() {}

  /** Serves. */
  public static void main(String[] args) throws IOException {
    int workers = Limits.defaults().workers();
    try (LinuxKernel kernel = LinuxKernel.boot(LinuxOptions.defaults().maxWorkers(workers));
        Sessions sessions = Sessions.start(kernel, SessionOptions.of(Path.of(args[0]), 1))) {
      LocalPort port = LocalPort.create(ELEMENTS, HEAP, 0, System.err::println);
      Opened opened =
          sessions.open(Peer.unix(0, 0, 0), null, 0, (session, consumed, previous) -> port);
      System.out.println(port.ringFd() + " " + port.arenaFd());
      while (System.in.read() >= 0) {
        sessions.bell(opened.openSession());
      }
      sessions.end(opened.openSession());
    }
  }
}
