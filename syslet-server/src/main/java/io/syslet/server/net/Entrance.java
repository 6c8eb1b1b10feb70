package io.syslet.server.net;

import io.syslet.client.local.ArenaLayout;
import io.syslet.client.wire.Architecture;
import io.syslet.client.wire.Hello;
import io.syslet.client.wire.Token;
import io.syslet.client.wire.Welcome;
import io.syslet.client.wire.Wire;
import io.syslet.server.guard.PeerComplaints;
import io.syslet.server.guard.Quota;
import io.syslet.server.local.LocalPort;
import io.syslet.server.session.Opened;
import io.syslet.server.session.Peer;
import io.syslet.server.session.Port;
import io.syslet.server.session.Session;
import io.syslet.server.session.Sessions;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lets clients in: makes the ports of their sessions, or gives them back the ones they had. */
final class Entrance {
  private static final int MAX_RING = 1 << 16;

  private final Sessions sessions;
  private final NetOptions options;
  private final int maxInFlight;
  private final int instance;
  private final Map<Long, Long> restored;
  private final Quota connections;
  private final Quota memory;

  /**
   * @param maxInFlight calls that a session may have pending.
   * @param instance of this server, not 0.
   * @param restored how many completions each session had that the journal knows, by its number.
   */
  Entrance(
      Sessions sessions,
      NetOptions options,
      int maxInFlight,
      int instance,
      Map<Long, Long> restored) {
    this.sessions = sessions;
    this.options = options;
    this.maxInFlight = maxInFlight;
    this.instance = instance;
    this.restored = restored;
    this.connections = new Quota(options.connections(), options.peerPercent());
    this.memory = new Quota(options.totalMemory(), options.peerPercent());
  }

  Sessions sessions() {
    return sessions;
  }

  PeerComplaints complaints() {
    return sessions.complaints();
  }

  NetOptions options() {
    return options;
  }

  /** Who has how many connections. */
  Quota connections() {
    return connections;
  }

  /** Whether a client was here before: another server's batches and answers are not ours. */
  boolean knows(Hello hello) {
    return hello.instance() == instance;
  }

  /**
   * Whether a client goes on with the memory that it shares with us. What it has consumed is in its
   * ring then, and it may be consuming while it says HELLO.
   */
  private boolean keepsFiles(Hello hello) {
    return hello.kind() == Wire.KIND_LOCAL && hello.token() != null && knows(hello);
  }

  /** Opens a session, or goes on with one. */
  Opened enter(Peer peer, Hello hello, Runnable onCorrupt) {
    Token token = hello.token();
    return sessions.open(
        peer,
        token == null ? null : token.bytes(),
        keepsFiles(hello) ? Sessions.AS_THE_PORT_COUNTS : hello.consumed(),
        (session, consumed, previous) ->
            port(memory.of(peer.identity()), hello, consumed, previous, onCorrupt));
  }

  private Port port(
      Quota.Share share, Hello hello, long consumed, @Nullable Port previous, Runnable onCorrupt)
      throws IOException {
    return hello.kind() == Wire.KIND_LOCAL
        ? localPort(share, hello, consumed, previous, onCorrupt)
        : remotePort(share, hello, consumed, previous);
  }

  /**
   * Only a client that still has the old files goes on with them: another process would find a
   * queue with a record that the dead one never finished, and memory that calls in flight write to.
   */
  private Port localPort(
      Quota.Share share, Hello hello, long consumed, @Nullable Port previous, Runnable onCorrupt)
      throws IOException {
    if (keepsFiles(hello) && previous instanceof LocalPort mine) {
      return mine;
    }
    long wanted = hello.arenaBytes() == 0 ? options.arenaBytes() : hello.arenaBytes();
    long heap = Math.clamp(wanted, ArenaLayout.MIN_HEAP, options.maxArenaBytes());
    return LocalPort.create(
        elements(hello),
        heap,
        consumed,
        sessions.takesDescriptors(),
        reason -> onCorrupt.run(),
        taken(share, heap));
  }

  /** Takes memory for a port: what gives it back. */
  private static Runnable taken(Quota.Share share, long bytes) throws IOException {
    if (!share.take(bytes)) {
      throw new IOException("all memory for sessions is taken");
    }
    return () -> share.give(bytes);
  }

  private Port remotePort(Quota.Share share, Hello hello, long consumed, @Nullable Port previous)
      throws IOException {
    if (previous instanceof RemotePort mine && mine.holds(consumed)) {
      return mine;
    }
    int bytes = options.remoteBytes();
    Runnable onClose = taken(share, (long) bytes + RemoteReplies.MOST_BYTES);
    return RemotePort.create(bytes, elements(hello), consumed, onClose);
  }

  private int elements(Hello hello) {
    int wanted = hello.ringElements() == 0 ? options.ringElements() : hello.ringElements();
    int power = Integer.highestOneBit(Math.clamp(2L * wanted - 1, 2, MAX_RING));
    return Math.max(power, 2);
  }

  /** What to say to a client that was let in. */
  Welcome welcome(Opened opened, Hello hello) {
    Session session = opened.openSession();
    Port port = opened.openPort();
    boolean isLocal = port instanceof LocalPort;
    return new Welcome(
        session.id(),
        opened.openToken(),
        instance,
        port instanceof RemotePort remote ? remote.inbox().received() : 0,
        port instanceof LocalPort local ? local.arenaLength() : 0,
        port.capacity(),
        Math.min(maxInFlight, port.capacity()),
        isLocal ? 0 : (int) options.readTimeout().toMillis(),
        hello.token() != null && !knows(hello),
        isLocal && !knows(hello),
        port instanceof LocalPort local && local.takesDescriptors(),
        restored.getOrDefault(session.id(), 0L),
        Architecture.host());
  }
}
