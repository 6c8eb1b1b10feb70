package io.syslet.client;

import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.Syslet;
import io.syslet.client.wire.Address;
import io.syslet.client.wire.FrameReader;
import io.syslet.client.wire.FrameType;
import io.syslet.client.wire.Hello;
import io.syslet.client.wire.MalformedFrameException;
import io.syslet.client.wire.Token;
import io.syslet.client.wire.Welcome;
import io.syslet.client.wire.Wire;
import io.syslet.kernel.KernelArena;
import java.io.IOException;
import java.lang.foreign.Arena;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The link to a server on another host: what calls read and write goes over the connection with
 * them.
 *
 * <p>Two threads beside those of the tasks: the <em>pump</em> takes answers and completions off the
 * connection and never writes to it, so that neither side can wait for the other to read; the
 * <em>keeper</em> says what was consumed and that we live, and finds out that the server does not.
 * A task that calls alone takes its answers itself ({@link ReaderRole}). When the connection
 * breaks, the pump makes another, and what the server has not got is sent again.
 */
final class MarshalledLink extends ListeningLink<TlsConnection> {
  private static final int FRAMES = 2 * Wire.MAX_FRAME;

  private final Address.Tls address;
  private final SSLContext context;
  private final KernelArena arena = new KernelArena();
  private final Outstanding outstanding = new Outstanding();
  private final Replies replies = new Replies(outstanding, inFlight, kept, own);
  private final ReaderRole reader = new ReaderRole();
  private final Keeper keeper;
  private final Welcome first;
  private @Nullable Token token;
  private int instance;

  private MarshalledLink(
      Address.Tls address,
      SSLContext context,
      ClientOptions options,
      InFlight inFlight,
      KeptSession kept)
      throws IOException {
    super(connect(address, context, options), FRAMES, "syslet-pump", options, inFlight, kept);
    this.address = address;
    this.context = context;
    token = kept.token();
    instance = kept.instance();
    first = greetFirst();
    token = first.token();
    kept.begin(first);
    replies.begin(first);
    outstanding.begin(connection(), first.received());
    keeper = new Keeper(outstanding, replies, first.readTimeoutMillis());
    kept.onSettled(position -> replies.tell());
  }

  static MarshalledLink connect(
      Address.Tls address, ClientOptions options, InFlight inFlight, KeptSession kept)
      throws IOException {
    SSLContext context =
        TlsFiles.context(options.certificate(), options.key(), options.authority());
    MarshalledLink link = new MarshalledLink(address, context, options, inFlight, kept);
    link.start();
    return link;
  }

  private static TlsConnection connect(
      Address.Tls address, SSLContext context, ClientOptions options) throws IOException {
    return TlsConnection.connect(address, context, options.connectTimeout());
  }

  @Override
  TlsConnection connectAgain() throws IOException {
    return connect(address, context, options);
  }

  @Override
  Thread companion() {
    return keeper;
  }

  @Override
  Welcome greet(TlsConnection to, FrameSource from) throws IOException {
    Hello hello =
        new Hello(
            Wire.KIND_REMOTE,
            token,
            kept.settled(),
            replies.answered(),
            0,
            kept.ringElements(options.ringElements()),
            instance);
    Welcome welcome = Handshake.greet(to, from, hello, options.connectTimeout());
    instance = welcome.instance();
    return welcome;
  }

  // ---- the programs' side

  /** Calls that cannot travel end here; those before one go first. */
  @Override
  public int submit(RemoteTask task, int count) {
    TaskFrame frame = (TaskFrame) task.memory().attachment;
    if (frame == null) {
      frame = new TaskFrame(own);
      task.memory().attachment = frame;
    }
    int encoded = frame.encode(task, count);
    if (encoded == 0) {
      io.syslet.ring.Memory.putLong(task.slots() + CallSlots.STATUS, frame.error());
      return 1;
    }
    task.answer().expect();
    if (!outstanding.send(task, frame, encoded, replies)) {
      return -Errno.ENOTCONN;
    }
    do {
      if (task.answer().mayRead() && reader.tryTake()) {
        read(task);
      }
    } while (!task.answer().await());
    return task.answer().get();
  }

  /** Takes what comes until the task has its answer, in the pump's place. */
  private void read(RemoteTask task) {
    boolean toPump = true;
    try {
      boolean goesOn = true;
      while (goesOn && !task.answer().isThere()) {
        goesOn = super.takeNext();
      }
      if (!goesOn) {
        reader.over();
      }
      toPump = !goesOn || isMoreDue() || isPending(task);
    } catch (IOException | MalformedFrameException e) {
      reader.broken(e);
    } finally {
      reader.leave(toPump, outstanding);
    }
  }

  /** Whether the last call of an answer goes on. */
  private static boolean isPending(RemoteTask task) {
    int accepted = task.answer().get();
    return accepted > 0 && task.memory().status(accepted - 1) == -Syslet.ESYSLETPENDING;
  }

  /** Whether something comes that no task waits for. */
  private boolean isMoreDue() {
    return hasMore() || !inFlight.isQuiet();
  }

  @Override
  public Arena arena() {
    return arena;
  }

  @Override
  public int pass(int descriptor, long cookie) {
    return -Errno.EOPNOTSUPP;
  }

  @Override
  public int maxInFlight() {
    return first.maxInFlight();
  }

  @Override
  public long messages() {
    return outstanding.sent() + replies.count();
  }

  // ---- the pump

  @Override
  boolean takeNext() throws IOException, MalformedFrameException {
    boolean goesOn = reader.takeForPump() && super.takeNext();
    reader.taken(!goesOn || isMoreDue(), outstanding);
    return goesOn;
  }

  @Override
  boolean take(FrameReader frame) throws MalformedFrameException {
    boolean more = replies.take(frame);
    keeper.heard();
    return more;
  }

  @Override
  void broken() {
    outstanding.disconnected();
  }

  @Override
  boolean resumed(Welcome welcome) {
    keeper.heard();
    kept.goOn(welcome);
    if (welcome.recovered() && options.oneServer()) {
      sayGoodbye();
      return false;
    }
    if (welcome.recovered()) {
      replies.restart(welcome.posted());
      outstanding.restart(connection(), kept.arrived() >= welcome.posted());
    } else {
      outstanding.resume(connection(), welcome.received());
    }
    return true;
  }

  private void sayGoodbye() {
    try {
      say(connection(), FrameType.GOODBYE);
    } catch (IOException e) {
      // Then the server forgets the session by itself.
    }
  }

  @Override
  void lose() {
    outstanding.lost();
    inFlight.giveUp(-Errno.EOWNERDEAD);
    keeper.end();
  }

  @Override
  void goodbye() {
    outstanding.goodbye();
  }

  @Override
  public void free() {
    arena.free();
  }
}
