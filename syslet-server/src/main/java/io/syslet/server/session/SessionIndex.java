package io.syslet.server.session;

import io.syslet.client.wire.Token;
import io.syslet.client.wire.Wire;
import io.syslet.server.guard.Quota;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The sessions that there are, by their tokens, and the sum of those that there were. */
final class SessionIndex {
  private final Quota places;
  private final ConcurrentHashMap<Token, Session> byToken = new ConcurrentHashMap<>();
  private final AtomicReference<CallTotals> over = new AtomicReference<>(CallTotals.NONE);

  /**
   * @param places who may have how many sessions.
   */
  SessionIndex(Quota places) {
    this.places = places;
  }

  /** Adds a session, whose place has been taken. */
  void add(Session session) {
    byToken.put(Token.of(session.token()), session);
  }

  /** The session of a token; null if there is none. */
  @Nullable Session find(byte[] token) {
    return token.length == Wire.TOKEN_LENGTH ? byToken.get(Token.of(token)) : null;
  }

  /** A session is over: gives its place back. */
  void remove(Session session) {
    if (byToken.remove(Token.of(session.token())) != null) {
      Quota.Share place = places.of(session.peer().identity());
      place.give(1);
      SessionView last = session.view();
      over.updateAndGet(before -> before.and(last));
    }
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
