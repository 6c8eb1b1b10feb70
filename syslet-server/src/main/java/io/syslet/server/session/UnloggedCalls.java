package io.syslet.server.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Calls that have ended and whose end the log has not taken, in order for each session. */
final class UnloggedCalls {
  private final Map<Session, Deque<ClientCall>> bySession = new LinkedHashMap<>();

  boolean isEmpty() {
    return bySession.isEmpty();
  }

  boolean hasSome(Session session) {
    return !bySession.isEmpty() && bySession.containsKey(session);
  }

  void add(ClientCall call) {
    bySession.computeIfAbsent(call.session(), key -> new ArrayDeque<>()).add(call);
  }

  /**
   * Takes the calls of each session out, in order, up to the first that the log does not take.
   *
   * @param log whether the log has a call's end now.
   * @param then gets each call of which it has.
   */
  void retry(Predicate<ClientCall> log, Consumer<ClientCall> then) {
    for (Session session : List.copyOf(bySession.keySet())) {
      Deque<ClientCall> calls = bySession.get(session);
      if (calls != null) {
        retry(calls, log, then);
        bySession.values().removeIf(Deque::isEmpty);
      }
    }
  }

  private static void retry(
      Deque<ClientCall> calls, Predicate<ClientCall> log, Consumer<ClientCall> then) {
    for (ClientCall first = calls.peek(); first != null; first = calls.peek()) {
      if (!log.test(first)) {
        return;
      }
      calls.remove();
      then.accept(first);
    }
  }

  /** Takes all calls of a session out. */
  List<ClientCall> take(Session session) {
    Deque<ClientCall> calls = bySession.isEmpty() ? null : bySession.remove(session);
    if (calls == null) {
      return List.of();
    }
    List<ClientCall> taken = new ArrayList<>(calls);
    calls.clear();
    return taken;
  }

  /** Takes all calls out. */
  List<ClientCall> takeAll() {
    List<ClientCall> calls = new ArrayList<>();
    bySession.values().forEach(calls::addAll);
    bySession.clear();
    return calls;
  }
}
