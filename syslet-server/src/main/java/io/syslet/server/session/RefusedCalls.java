package io.syslet.server.session;

import io.syslet.server.guard.PeerComplaints;
import io.syslet.table.CallTable;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Says in the server's log which calls a session was refused, each number once. */
final class RefusedCalls {
  private static final Logger LOG = System.getLogger(Session.class.getName());
  private static final int NUMBERS = 512;

  private final long session;
  private final Peer peer;
  private final CallFigures figures;
  private final PeerComplaints complaints;
  private final boolean[] told = new boolean[NUMBERS + 1];

  RefusedCalls(long session, Peer peer, CallFigures figures, PeerComplaints complaints) {
    this.session = session;
    this.peer = peer;
    this.figures = figures;
    this.complaints = complaints;
  }

  /** A call is not allowed. */
  void add(long nr) {
    figures.refused();
    int n = (int) nr >= 0 && (int) nr < NUMBERS ? (int) nr : NUMBERS;
    if (!told[n]) {
      told[n] = true;
      complaints.log(
          LOG,
          Level.WARNING,
          peer.identity(),
          "session {0} ({1}): call {2} ({3}) is not allowed",
          Long.toString(session),
          peer,
          Integer.toString((int) nr),
          CallTable.name(nr));
    }
  }
}
