package io.syslet.client;

import io.syslet.Errno;
import io.syslet.client.local.LocalLink;
import io.syslet.client.local.Submitter;
import io.syslet.client.wire.Address;
import io.syslet.client.wire.FrameReader;
import io.syslet.client.wire.FrameType;
import io.syslet.client.wire.FrameWriter;
import io.syslet.client.wire.Hello;
import io.syslet.client.wire.MalformedFrameException;
import io.syslet.client.wire.Token;
import io.syslet.client.wire.Welcome;
import io.syslet.client.wire.Wire;
import io.syslet.ring.CompletionHandler;
import io.syslet.ring.RingView;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The link to a server on the same host: calls go through shared memory, and the socket says only
 * that the other side lives, and rings when it sleeps.
 *
 * <p>Two threads: the <em>pump</em> takes completions out of the session's ring, the <em>watch</em>
 * listens to the socket. When the connection breaks, the watch connects again:
 *
 * <pre>
 *   the server lives     the same memory goes on; who waits for an answer still gets it
 *   another server       its ring has the completions that were missing; then the session is over,
 *                        since it cannot know our memory: what has no answer is lost, new calls
 *                        are −ENOTCONN
 *   none, or refused     everything is lost
 * </pre>
 */
final class SharedLink implements Link, CompletionHandler {
  private static final int FRAMES = 1 << 16;

  private final Address.Unix address;
  private final ClientOptions options;
  private final InFlight inFlight;
  private final Arena own = Arena.ofAuto();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong got = new AtomicLong();
  private final LocalLink local;
  private final Token token;
  private final int instance;
  private final int maxInFlight;
  private final Thread watch = new Thread(this::listen, "syslet-watch");
  private final Thread pump;
  private volatile UnixConnection connection;
  private FrameSource frames;
  private final AtomicLong consumed = new AtomicLong();
  private volatile boolean closed;

  private SharedLink(Address.Unix address, ClientOptions options, InFlight inFlight)
      throws IOException {
    this.address = address;
    this.options = options;
    this.inFlight = inFlight;
    UnixConnection made = UnixConnection.connect(address.path(), options.serverUser());
    connection = made;
    frames = new FrameSource(made, own, FRAMES);
    try {
      Welcome welcome = greet(made, null, 0);
      token = welcome.token();
      instance = welcome.instance();
      maxInFlight = welcome.maxInFlight();
      local = adopt(made);
    } catch (IOException | RuntimeException e) {
      made.close();
      throw e;
    }
    pump = new Thread(() -> pump(local.ring()), "syslet-pump");
    pump.setDaemon(true);
    watch.setDaemon(true);
  }

  static SharedLink connect(Address.Unix address, ClientOptions options, InFlight inFlight)
      throws IOException {
    SharedLink link = new SharedLink(address, options, inFlight);
    link.pump.start();
    link.watch.start();
    return link;
  }

  private Welcome greet(UnixConnection to, @Nullable Token known, int server) throws IOException {
    Hello hello =
        new Hello(
            Wire.KIND_LOCAL,
            known,
            consumed.get(),
            0,
            options.arenaBytes(),
            options.ringElements(),
            server);
    sent.incrementAndGet();
    got.incrementAndGet();
    return Handshake.greet(to, frames, hello, options.connectTimeout());
  }

  private LocalLink adopt(UnixConnection from) throws IOException {
    int[] files = from.takeFiles();
    if (files[0] < 0 || files[1] < 0) {
      throw new IOException("the server shares no memory");
    }
    return LocalLink.adopt(files[0], files[1], this::ring);
  }

  // ---- the programs' side

  @Override
  public int submit(RemoteTask task, int count) {
    Submitter mine = (Submitter) task.memory().attachment;
    if (mine == null) {
      mine = local.submitter();
      task.memory().attachment = mine;
    }
    int accepted = mine.submit(task.slots(), count, 0);
    return accepted == -Errno.ECONNRESET ? task.answerIsLost(count) : accepted;
  }

  private void ring() {
    send(FrameType.BELL);
  }

  private void send(FrameType type) {
    try (Arena arena = Arena.ofConfined()) {
      long memory = arena.allocate(Wire.HEADER_LENGTH, Long.BYTES).address();
      FrameWriter out = new FrameWriter().wrap(memory, Wire.HEADER_LENGTH);
      out.begin(type).end();
      connection.send(memory, Wire.HEADER_LENGTH);
      sent.incrementAndGet();
    } catch (IOException e) {
      // The watch will see it too.
    }
  }

  @Override
  public Arena arena() {
    return local.arena();
  }

  @Override
  public int maxInFlight() {
    return maxInFlight;
  }

  @Override
  public long messages() {
    return sent.get() + got.get();
  }

  // ---- the pump

  private void pump(RingView ring) {
    do {
      drain(ring);
    } while (ring.await(ring.tail(), Long.MAX_VALUE) == 0);
  }

  private void drain(RingView ring) {
    var _ = ring.drain(this, Integer.MAX_VALUE);
  }

  /** Counted here: the server sees the ring's tail move before a drain has returned. */
  @Override
  public void onCompletion(long status, long callerData) {
    inFlight.completed(callerData, status);
    var _ = consumed.incrementAndGet();
  }

  // ---- the watch

  private void listen() {
    try {
      do {
        hear();
      } while (goOn());
    } finally {
      lose();
    }
  }

  /** Listens until the connection breaks, or the server says goodbye. */
  private void hear() {
    try {
      FrameReader frame = frames.next();
      while (frame.type() != FrameType.GOODBYE) {
        got.incrementAndGet();
        frame = frames.next();
      }
      closed = true;
    } catch (IOException | MalformedFrameException e) {
      connection.end();
    }
  }

  /** Connects again: whether everything goes on as before. */
  private boolean goOn() {
    Welcome welcome = Resumption.attempt(options.resume(), () -> closed, this::again);
    if (welcome == null) {
      return false;
    }
    if (welcome.hasFiles()) {
      takeWhatIsLeft(welcome);
      return false;
    }
    local.reconnected(this::ring);
    return true;
  }

  private Welcome again() throws IOException {
    UnixConnection made = UnixConnection.connect(address.path(), options.serverUser());
    awaitDrained();
    frames = frames.reuse(made);
    try {
      Welcome welcome = greet(made, token, instance);
      connection.close();
      connection = made;
      return welcome;
    } catch (IOException | RuntimeException e) {
      made.close();
      throw e;
    }
  }

  /** What we say that we have consumed must not be less than what a dead server has posted. */
  private void awaitDrained() {
    int head = local.ring().head();
    while (head - local.ring().tail() > 0 && !closed) {
      Thread.onSpinWait();
    }
  }

  /** Another server has our completions, in a ring of its own. */
  private void takeWhatIsLeft(Welcome welcome) {
    try (LocalLink fresh = adopt(connection)) {
      while (consumed.get() < welcome.posted() && !closed) {
        drain(fresh.ring());
        if (consumed.get() < welcome.posted()) {
          long deadline = System.nanoTime() + options.connectTimeout().toNanos();
          closed = fresh.ring().await(fresh.ring().tail(), deadline) != 0;
        }
      }
      send(FrameType.GOODBYE);
    } catch (IOException e) {
      // Then they are lost as well.
    }
  }

  /** The session is over: nobody waits for it any more. */
  private void lose() {
    awaitDrained();
    closed = true;
    local.disconnected();
    local.ring().close();
    connection.close();
    if (Thread.currentThread() == watch) {
      inFlight.giveUp(-Errno.EOWNERDEAD);
    }
  }

  @Override
  public void breakConnection() {
    connection.end();
  }

  @Override
  public void close() {
    closed = true;
    send(FrameType.GOODBYE);
    connection.end();
    join(watch);
    join(pump);
  }

  static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void free() {
    Objects.requireNonNull(local).close();
  }
}
