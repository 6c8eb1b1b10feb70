package io.syslet.bench.service;

import io.syslet.CString;
import io.syslet.CallSlots;
import io.syslet.Nr;
import io.syslet.Params;
import io.syslet.Registers;
import io.syslet.Stat;
import io.syslet.Sys;
import io.syslet.Syslet;
import io.syslet.bench.Fork;
import io.syslet.client.local.LocalLink;
import io.syslet.client.local.Submitter;
import io.syslet.ring.Memory;
import io.syslet.ring.RingView;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The client of a {@link SessionProcess}: one thread's slots, and how to have them run. */
final class LocalClient implements AutoCloseable {
  private static final int STATX_LENGTH = 256;
  private static final long PATIENCE_NANOS = 10_000_000_000L;

  private final Process server;
  private final OutputStream bells;
  private final LocalLink link;
  private final Submitter submitter;
  private final long slots;
  private long rung;

  LocalClient(Path root, int most) throws IOException {
    server = Fork.start(SessionProcess.class, List.of(), List.of(root.toString()));
    bells = server.getOutputStream();
    var out =
        new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
    String[] files = String.valueOf(out.readLine()).split(" ", 2);
    link = LocalLink.open(file(files[0]), file(files[files.length - 1]), this::ring);
    submitter = link.submitter();
    slots = link.arena().allocate((long) most * CallSlots.LENGTH, CallSlots.LENGTH).address();
  }

  private Path file(String number) {
    return Path.of("/proc/" + server.pid() + "/fd/" + number);
  }

  private void ring() {
    rung++;
    try {
      bells.write(1);
      bells.flush();
    } catch (IOException e) {
      link.disconnected();
    }
  }

  /** Fills slots with a call that does nothing. */
  void fillGetuid(int count) {
    for (int i = 0; i < count; i++) {
      fill(i, Nr.GETUID, 0, 0, 0, 0, 0);
    }
  }

  /** Fills slots with a look at a file of the root. */
  void fillStatx(int count, String name) {
    long path = CString.allocate(link.arena(), name);
    for (int i = 0; i < count; i++) {
      long statx = link.arena().allocate(STATX_LENGTH, Long.BYTES).address();
      fill(i, Nr.STATX, Sys.AT_FDCWD, path, 0, Stat.STATX_SIZE, statx);
    }
  }

  private void fill(int i, long nr, long a0, long a1, long a2, long a3, long a4) {
    long slot = at(i);
    Registers.put(slot, nr, a0, a1, a2, a3, a4, 0);
    Params.put(slot + CallSlots.PARAMS, 1, i);
  }

  /** Runs them; none of them may fail. One whose server lost its processor meanwhile is pending. */
  void run(int count) {
    for (int done = 0; done < count; ) {
      int accepted = submitter.submit(at(done), count - done, 0);
      long status = accepted <= 0 ? accepted : status(done + accepted - 1);
      if (accepted <= 0 || (status < 0 && status != -Syslet.ESYSLETPENDING)) {
        throw new IllegalStateException(accepted + " of " + count + " calls, status " + status);
      }
      if (status == -Syslet.ESYSLETPENDING) {
        awaitEnd();
      }
      done += accepted;
    }
  }

  private void awaitEnd() {
    RingView ring = link.ring();
    int _ = ring.await(ring.tail(), System.nanoTime() + PATIENCE_NANOS);
    if (ring.drain((status, data) -> {}, 1) != 1) {
      throw new IllegalStateException("a call does not end");
    }
  }

  private long at(int i) {
    return slots + (long) i * CallSlots.LENGTH;
  }

  private long status(int i) {
    return Memory.getLong(at(i) + CallSlots.STATUS);
  }

  /** How often the server was rung so far. */
  long rung() {
    return rung;
  }

  /** How often the server's threads have gone to sleep so far. */
  long serverSleeps() {
    return Sleeps.of(server.pid());
  }

  @Override
  public void close() throws IOException {
    bells.close();
    link.close();
    server.onExit().join();
  }
}
