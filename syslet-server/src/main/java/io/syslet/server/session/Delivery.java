package io.syslet.server.session;

import java.util.Objects;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The way of a session's completions to its client: the {@link Outbox}, and the port that the
 * session has now. The poller's alone, but for what is said to be any thread's.
 */
final class Delivery {
  private final Outbox outbox;
  private final IntConsumer closer;
  private @Nullable PortUse use;
  private volatile int capacity;
  private boolean isDirty;
  private long acknowledged;

  /**
   * @param closer gets the server's descriptors that are to be closed.
   */
  Delivery(Outbox outbox, IntConsumer closer) {
    this.outbox = outbox;
    this.closer = closer;
    this.acknowledged = outbox.consumed();
  }

  // ---- any thread

  /** The position behind what the client is known to have consumed. */
  long consumed() {
    return outbox.consumed();
  }

  /** The position of the next completion. */
  long posted() {
    return outbox.posted();
  }

  /** Whether the completions from a position on are still there. */
  boolean has(long position) {
    return position >= consumed() && position <= posted();
  }

  /** Completions that the port may hold unread; 0 before the first port. */
  int capacity() {
    return capacity;
  }

  // ---- the port

  /** The client has that port now, which is to get everything from a position on. */
  void begin(Port port, long position) {
    outbox.rewind(position);
    PortUse old = use;
    use = new PortUse(port, closer);
    capacity = port.capacity();
    if (old != null) {
      old.retire();
    }
  }

  /** The session is over. */
  void end() {
    if (use != null) {
      use.retire();
    }
  }

  boolean hasPort() {
    return use != null;
  }

  PortUse use() {
    return Objects.requireNonNull(use);
  }

  Port port() {
    return use().port();
  }

  /** How many more completions the port has room for. */
  long room() {
    return port().capacity() - (outbox.posted() - outbox.consumed());
  }

  // ---- completions

  void post(long callerData, long status) {
    outbox.add(callerData, status);
  }

  /** Whether there are completions that the port does not have. */
  boolean isBehind() {
    return outbox.hasUndelivered();
  }

  /** Gives the port what it does not have; the last one may be a call's that just ended. */
  void deliver(@Nullable ClientCall last) {
    Port to = port();
    outbox.deliver(to, last != null && last.port() == to ? last : null);
  }

  /** Something is to be shown to the client: whether that is new. */
  boolean markDirty() {
    boolean isNew = !isDirty;
    isDirty = true;
    return isNew;
  }

  void markClean() {
    isDirty = false;
  }

  /** Learns what the client has consumed; tells the log from time to time, or now. */
  void noteConsumed(SyncedLog log, long session, boolean now) {
    Port port = port();
    outbox.consumed(port.consumed());
    long position = outbox.consumed();
    long some = now ? 1 : Math.max(port.capacity() / 4, 1);
    if (position - acknowledged >= some && log.acknowledged(session, position) == 0) {
      acknowledged = position;
    }
  }
}
