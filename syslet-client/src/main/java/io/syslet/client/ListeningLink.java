package io.syslet.client;

import io.syslet.client.wire.FrameReader;
import io.syslet.client.wire.FrameType;
import io.syslet.client.wire.FrameWriter;
import io.syslet.client.wire.MalformedFrameException;
import io.syslet.client.wire.Welcome;
import io.syslet.client.wire.Wire;
import io.syslet.kernel.Uninterruptibly;
import java.io.IOException;
import java.lang.foreign.Arena;

/**
 * What both links do with their connection: one thread listens to it, and makes another when it
 * breaks, over which the session goes on.
 *
 * <pre>
 *   close()                      listener
 *   closed = true                connection = the new one
 *   ends connection              closed? ends it
 * </pre>
 *
 * So one of both ends the connection that was made meanwhile, and the listener leaves.
 */
abstract class ListeningLink<C extends Connection> implements Link {
  final ClientOptions options;
  final InFlight inFlight;
  final KeptSession kept;
  final Arena own = Arena.ofAuto();
  volatile boolean closed;
  private final Thread listener;
  private volatile C connection;
  private FrameSource frames;

  /**
   * Takes a connection, over which nobody has said anything.
   *
   * @param capacity more than the longest frame that may come, in bytes.
   */
  ListeningLink(
      C first,
      int capacity,
      String threadName,
      ClientOptions options,
      InFlight inFlight,
      KeptSession kept) {
    this.connection = first;
    this.frames = new FrameSource(first, own, capacity);
    this.options = options;
    this.inFlight = inFlight;
    this.kept = kept;
    this.listener = new Thread(this::listen, threadName);
    listener.setDaemon(true);
  }

  /** Makes another connection. */
  abstract C connectAgain() throws IOException;

  /** Greets the server over a connection: the first, or another. */
  abstract Welcome greet(C to, FrameSource from) throws IOException;

  /** Takes a frame: false for the last one. */
  abstract boolean take(FrameReader frame) throws IOException, MalformedFrameException;

  /** Waits for the next frame, and takes it: false for the last one. */
  boolean takeNext() throws IOException, MalformedFrameException {
    return take(frames.next());
  }

  /** Whether a part of a frame is here already. */
  final boolean hasMore() {
    return frames.hasMore();
  }

  /** The connection does not work any more, and is about to be ended. */
  abstract void broken();

  /** Another connection is there: whether the session goes on over it. */
  abstract boolean resumed(Welcome welcome);

  /** There is no connection any more, nor will there be. */
  abstract void lose();

  /** Says goodbye, if it can be said. */
  abstract void goodbye();

  /** The thread that works beside the listener, and ends after it. */
  abstract Thread companion();

  /** The connection of now. */
  final C connection() {
    return connection;
  }

  /** Greets for the first time; closes the connection if that fails. */
  final Welcome greetFirst() throws IOException {
    try {
      return greet(connection, frames);
    } catch (IOException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  final void start() {
    listener.start();
    companion().start();
  }

  /** Sends a frame that is nothing but its type. */
  static void say(Connection to, FrameType type) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      long memory = arena.allocate(Wire.HEADER_LENGTH, Long.BYTES).address();
      new FrameWriter().wrap(memory, Wire.HEADER_LENGTH).begin(type).end();
      to.send(memory, Wire.HEADER_LENGTH);
    }
  }

  private void listen() {
    try {
      do {
        hear();
      } while (goOn());
    } finally {
      closed = true;
      lose();
      connection.close();
    }
  }

  /** Listens until the connection breaks, or the server says goodbye. */
  private void hear() {
    try {
      while (takeNext()) {}
      closed = true;
    } catch (IOException | MalformedFrameException e) {
      broken();
    }
    connection.end();
  }

  private boolean goOn() {
    Welcome welcome = Resumption.attempt(options.resume(), () -> closed, this::again);
    return welcome != null && resumed(welcome);
  }

  private Welcome again() throws IOException {
    C made = connectAgain();
    FrameSource source = frames.reuse(made);
    try {
      Welcome welcome = greet(made, source);
      replace(made, source);
      return welcome;
    } catch (IOException | RuntimeException e) {
      made.close();
      throw e;
    }
  }

  private void replace(C made, FrameSource source) throws IOException {
    C old = connection;
    frames = source;
    connection = made;
    old.close();
    if (closed) {
      say(made, FrameType.GOODBYE);
      throw new IOException("closed");
    }
  }

  @Override
  public final void breakConnection() {
    connection.end();
  }

  @Override
  public final void close() {
    closed = true;
    goodbye();
    connection.end();
    Uninterruptibly.join(listener);
    Uninterruptibly.join(companion());
  }
}
