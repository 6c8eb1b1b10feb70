package io.syslet.server.net;

import io.netty.buffer.ByteBuf;
import io.syslet.client.wire.Wire;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What the event loop has got from a client and the poller has not taken: batches in order, and the
 * last word on what has arrived there. Reading from the client stops while there is too much: more
 * than a client sends that keeps to the window.
 */
final class Inbox {
  private static final int MANY = 2 * Wire.WINDOW_BATCHES;
  private static final long LARGE = 2L * Wire.WINDOW;

  private final ArrayDeque<ByteBuf> frames = new ArrayDeque<>();
  private @Nullable Outlet current;
  private long bytes;
  private long received;
  private boolean closed;
  private boolean stopped;
  private volatile boolean asleep;
  private volatile long consumed;
  private volatile long answered;
  private volatile long consumedAtHello;
  private volatile long answeredAtHello;

  /**
   * A connection begins: what an older one still brings is not taken any more, since the client
   * hears now what has arrived, and sends the rest again. Event loop.
   */
  synchronized void hello(Outlet from, long newConsumed, long newAnswered) {
    current = from;
    consumedAtHello = newConsumed;
    answeredAtHello = newAnswered;
    acknowledge(newConsumed, newAnswered);
    stopped = false;
  }

  /** Event loop. Neither number ever falls. */
  void acknowledge(long newConsumed, long newAnswered) {
    consumed = Math.max(consumed, newConsumed);
    answered = Math.max(answered, newAnswered);
  }

  /**
   * Adds a batch, which is the inbox's from now on. Event loop.
   *
   * @return false if its number is not the next one.
   */
  synchronized boolean offer(ByteBuf frame, long number, Outlet from) {
    boolean isOld = closed || from != current;
    if (number != received + 1 || isOld) {
      frame.release();
      return isOld;
    }
    received = number;
    bytes += frame.readableBytes();
    frames.addLast(frame);
    if (!stopped && (frames.size() >= MANY || bytes >= LARGE)) {
      stopped = true;
      from.mayRead(false);
    }
    return true;
  }

  /** The next batch, which is the caller's to release. Poller. */
  synchronized @Nullable ByteBuf poll(Outlet from) {
    ByteBuf frame = frames.pollFirst();
    if (frame != null) {
      bytes -= frame.readableBytes();
    }
    if (stopped && frames.size() < MANY / 2 && bytes < LARGE / 2) {
      stopped = false;
      from.mayRead(true);
    }
    return frame;
  }

  synchronized boolean isEmpty() {
    return frames.isEmpty();
  }

  /** Batches that have arrived since the session began. */
  synchronized long received() {
    return received;
  }

  long consumed() {
    return consumed;
  }

  long answered() {
    return answered;
  }

  long consumedAtHello() {
    return consumedAtHello;
  }

  long answeredAtHello() {
    return answeredAtHello;
  }

  /** Whether more has arrived at the client than the poller knows. */
  boolean hasAcknowledged(RemoteReplies replies) {
    return replies.isBehind(consumed, answered);
  }

  /** The poller is about to look away; a full fence before it looks once more. */
  void asleep() {
    asleep = true;
  }

  void awake() {
    asleep = false;
  }

  /** Whether the poller wants to be rung; once. */
  boolean takeAsleep() {
    boolean wasAsleep = asleep;
    asleep = false;
    return wasAsleep;
  }

  synchronized void close() {
    closed = true;
    frames.forEach(frame -> frame.release());
    frames.clear();
  }
}
