package io.syslet.client;

import static io.syslet.client.SharedLink.join;

import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.client.wire.Address;
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
 * <p>Three threads: the <em>pump</em> takes answers and completions off the connection and never
 * writes to it, so that neither side can wait for the other to read; the <em>keeper</em> says what
 * was consumed and that we live, and finds out that the server does not. When the connection
 * breaks, the pump makes another, and what the server has not got is sent again.
 */
final class MarshalledLink implements Link {
  private static final int FRAMES = 2 * Wire.MAX_FRAME;

  private final Address.Tls address;
  private final ClientOptions options;
  private final SSLContext context;
  private final InFlight inFlight;
  private final Arena own = Arena.ofAuto();
  private final KernelArena arena = new KernelArena();
  private final Outstanding outstanding;
  private final Replies replies;
  private final Keeper keeper;
  private final Token token;
  private final Welcome first;
  private final Thread pump = new Thread(this::run, "syslet-pump");
  private volatile TlsConnection connection;
  private FrameSource frames;
  private int instance;
  private volatile boolean closed;

  private MarshalledLink(Address.Tls address, ClientOptions options, InFlight inFlight)
      throws IOException {
    this.address = address;
    this.options = options;
    this.inFlight = inFlight;
    this.context = TlsFiles.context(options.certificate(), options.key(), options.authority());
    outstanding = new Outstanding();
    replies = new Replies(outstanding, inFlight, own);
    connection = TlsConnection.connect(address, context, options.connectTimeout());
    frames = new FrameSource(connection, own, FRAMES);
    try {
      first = greet(connection, frames, null);
    } catch (IOException | RuntimeException e) {
      connection.close();
      throw e;
    }
    token = first.token();
    replies.window(first.ringElements());
    outstanding.connected(connection);
    keeper = new Keeper(outstanding, replies, first.readTimeoutMillis());
    pump.setDaemon(true);
  }

  static MarshalledLink connect(Address.Tls address, ClientOptions options, InFlight inFlight)
      throws IOException {
    MarshalledLink link = new MarshalledLink(address, options, inFlight);
    link.pump.start();
    link.keeper.start();
    return link;
  }

  private Welcome greet(TlsConnection to, FrameSource from, @Nullable Token known)
      throws IOException {
    Hello hello =
        new Hello(
            Wire.KIND_REMOTE,
            known,
            replies.consumed(),
            replies.answered(),
            0,
            options.ringElements(),
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
    task.expectAnswer();
    return outstanding.send(task, frame, encoded, replies) ? task.awaitAnswer() : -Errno.ENOTCONN;
  }

  @Override
  public Arena arena() {
    return arena;
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

  private void run() {
    try {
      do {
        hear();
      } while (goOn());
    } finally {
      lose();
    }
  }

  private void hear() {
    try {
      while (replies.take(frames.next())) {
        keeper.heard();
      }
      closed = true;
    } catch (IOException | MalformedFrameException e) {
      outstanding.disconnected();
    }
    connection.end();
  }

  private boolean goOn() {
    Welcome welcome = Resumption.attempt(options.resume(), () -> closed, this::again);
    if (welcome == null) {
      return false;
    }
    if (welcome.recovered()) {
      replies.restart(welcome.posted());
      outstanding.restart(connection, replies.consumed() >= welcome.posted());
    } else {
      outstanding.resume(connection, welcome.received());
    }
    return true;
  }

  private Welcome again() throws IOException {
    TlsConnection made = TlsConnection.connect(address, context, options.connectTimeout());
    FrameSource source = frames.reuse(made);
    try {
      Welcome welcome = greet(made, source, token);
      frames = source;
      connection = made;
      keeper.heard();
      return welcome;
    } catch (IOException | RuntimeException e) {
      made.close();
      throw e;
    }
  }

  private void lose() {
    closed = true;
    connection.close();
    outstanding.lost();
    inFlight.giveUp(-Errno.EOWNERDEAD);
    keeper.end();
  }

  @Override
  public void breakConnection() {
    connection.end();
  }

  @Override
  public void close() {
    closed = true;
    outstanding.goodbye();
    connection.end();
    join(pump);
    join(keeper);
  }

  @Override
  public void free() {
    arena.free();
  }
}
