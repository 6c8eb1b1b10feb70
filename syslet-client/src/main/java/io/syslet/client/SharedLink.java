package io.syslet.client;

import io.syslet.Errno;
import io.syslet.client.local.LocalLink;
import io.syslet.client.local.Submitter;
import io.syslet.client.wire.Address;
import io.syslet.client.wire.FrameReader;
import io.syslet.client.wire.FrameType;
import io.syslet.client.wire.Hello;
import io.syslet.client.wire.Token;
import io.syslet.client.wire.Welcome;
import io.syslet.client.wire.Wire;
import io.syslet.kernel.Nanos;
import io.syslet.ring.CompletionHandler;
import io.syslet.ring.RingView;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
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
 *                        are −ENOTCONN. If it dies meanwhile, the next one has the rest
 *   none, or refused     everything is lost
 * </pre>
 */
final class SharedLink extends ListeningLink<UnixConnection> implements CompletionHandler {
  private static final int FRAMES = 1 << 16;
  private static final long LOOK_NANOS = 50_000_000;

  private final Address.Unix address;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong got = new AtomicLong();
  private final LocalLink local;
  private final PassingSocket passing;
  private final Thread pump;
  private final int maxInFlight;
  private @Nullable Token token;
  private int instance;

  private SharedLink(
      Address.Unix address, ClientOptions options, InFlight inFlight, KeptSession kept)
      throws IOException {
    super(connect(address, options), FRAMES, "syslet-watch", options, inFlight, kept);
    this.address = address;
    token = kept.token();
    Welcome welcome = greetFirst();
    kept.begin(welcome);
    token = welcome.token();
    instance = welcome.instance();
    maxInFlight = welcome.maxInFlight();
    local = adoptFirst();
    passing = new PassingSocket(connection().takePassing());
    pump = new Thread(() -> pump(local.ring()), "syslet-pump");
    pump.setDaemon(true);
    kept.onSettled(position -> local.ring().consumed((int) position));
  }

  private LocalLink adoptFirst() throws IOException {
    try {
      return adopt(connection());
    } catch (IOException | RuntimeException e) {
      connection().close();
      throw e;
    }
  }

  static SharedLink connect(
      Address.Unix address, ClientOptions options, InFlight inFlight, KeptSession kept)
      throws IOException {
    SharedLink link = new SharedLink(address, options, inFlight, kept);
    link.start();
    return link;
  }

  private static UnixConnection connect(Address.Unix address, ClientOptions options)
      throws IOException {
    return UnixConnection.connect(address.path(), options.serverUser());
  }

  @Override
  UnixConnection connectAgain() throws IOException {
    return connect(address, options);
  }

  @Override
  Thread companion() {
    return pump;
  }

  @Override
  Welcome greet(UnixConnection to, FrameSource from) throws IOException {
    if (instance != 0) {
      awaitDrained(() -> closed);
    }
    Hello hello =
        new Hello(
            Wire.KIND_LOCAL,
            token,
            kept.settled(),
            0,
            options.arenaBytes(),
            kept.ringElements(options.ringElements()),
            instance);
    sent.incrementAndGet();
    got.incrementAndGet();
    return Handshake.greet(to, from, hello, options.connectTimeout());
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
    try {
      say(connection(), type);
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
  public int pass(int descriptor, long cookie) {
    return passing.send(descriptor, cookie);
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
    } while (ring.await((int) kept.arrived(), Long.MAX_VALUE) == 0);
  }

  /** The server keeps what may have to be told to another process. */
  private void drain(RingView ring) {
    if (ring.read((int) kept.arrived(), this) > 0 && kept.file() == null) {
      ring.consumed((int) kept.arrived());
    }
  }

  @Override
  public void onCompletion(long status, long callerData) {
    inFlight.completed(callerData, status);
  }

  // ---- the watch

  @Override
  boolean take(FrameReader frame) {
    got.incrementAndGet();
    return frame.type() != FrameType.GOODBYE;
  }

  @Override
  void broken() {}

  @Override
  boolean resumed(Welcome welcome) {
    if (welcome.hasFiles()) {
      return !takeWhatIsLeft(welcome);
    }
    local.reconnected(this::ring);
    return true;
  }

  /** What we say that we have consumed must not be less than what a dead server has posted. */
  private void awaitDrained(BooleanSupplier isHopeless) {
    int head = local.ring().head();
    local.ring().wake();
    while (head - (int) kept.arrived() > 0 && !isHopeless.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  /**
   * Another server has our completions, in a ring of its own; the next process's, too.
   *
   * @return whether it is all over; if not, this server has gone as well.
   */
  private boolean takeWhatIsLeft(Welcome welcome) {
    try (LocalLink fresh = adopt(connection())) {
      long deadline = System.nanoTime() + Nanos.of(options.connectTimeout());
      while (kept.arrived() < welcome.posted() && !closed) {
        drain(fresh.ring());
        if (isLate(fresh.ring(), welcome.posted())) {
          if (System.nanoTime() - deadline > 0) {
            closed = true;
          }
          if (connection().isOver()) {
            return false;
          }
        }
      }
      if (kept.file() == null) {
        send(FrameType.GOODBYE);
      }
    } catch (IOException e) {
      // Then they are lost as well.
    }
    return true;
  }

  /** Whether something is missing, and does not come. */
  private boolean isLate(RingView ring, long posted) {
    int position = (int) kept.arrived();
    return kept.arrived() < posted && ring.await(position, System.nanoTime() + LOOK_NANOS) != 0;
  }

  /** Nobody waits for the session any more: what has ended before is told as it ended. */
  @Override
  void lose() {
    long deadline = System.nanoTime() + Nanos.of(options.connectTimeout());
    awaitDrained(() -> System.nanoTime() - deadline > 0);
    local.disconnected();
    local.ring().close();
    inFlight.giveUp(-Errno.EOWNERDEAD);
  }

  @Override
  void goodbye() {
    send(FrameType.GOODBYE);
  }

  @Override
  public void free() {
    passing.close();
    local.close();
  }
}
