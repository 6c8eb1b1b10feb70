package io.syslet.server.session;

import io.syslet.server.guard.Quota;
import io.syslet.server.policy.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that there are, by the hashes of their tokens, and the sum of those that there were.
 */
final class SessionIndex {
  private final Quota places;
  private final ConcurrentHashMap<TokenHash, Session> byToken = new ConcurrentHashMap<>();
  private final AtomicReference<CallTotals> over = new AtomicReference<>(CallTotals.NONE);

  SessionIndex(Limits limits) {
    places = new Quota(limits.sessions(), limits.peerPercent());
  }

  /** Takes a place for another session of a peer: whether there was one. */
  boolean takePlace(Peer peer) {
    return places.of(peer.identity()).take(1);
  }

  void givePlace(Peer peer) {
    places.of(peer.identity()).give(1);
  }

  /** Takes a place for a session that is there already, whatever the limits say. */
  void adoptPlace(Peer peer) {
    places.of(peer.identity()).adopt(1);
  }

  /** Adds a session, whose place has been taken. */
  void add(Session session) {
    byToken.put(session.token(), session);
  }

  /** The session of a token; null if there is none. */
  @Nullable Session find(byte[] token) {
    return byToken.get(TokenHash.of(token));
  }

  /** A session is over. Who does not see it any more finds its place free. */
  void remove(Session session) {
    byToken.computeIfPresent(
        session.token(),
        (token, there) -> {
          givePlace(session.peer());
          SessionView last = session.view();
          over.updateAndGet(before -> before.and(last));
          return null;
        });
  }

  /** All pollers have ended. */
  void clear() {
    byToken.clear();
  }

  List<SessionView> views() {
    List<SessionView> views = new ArrayList<>();
    byToken.values().forEach(session -> views.add(session.view()));
    return views;
  }

  CallTotals totals() {
    CallTotals sum = Objects.requireNonNull(over.get());
    for (SessionView view : views()) {
      sum = sum.and(view);
    }
    return sum;
  }
}
