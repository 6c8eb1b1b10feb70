package io.syslet.server.journal;

import io.syslet.Errno;
import io.syslet.server.session.Restored;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/** What a journal should hold after some steps, said in the plainest way. */
final class Model {
  private record Completion(long callerData, long status) {}

  private static final class Session {
    private final Map<Long, Long> calls = new LinkedHashMap<>();
    private final List<Completion> completions = new ArrayList<>();
    private int acknowledged;

    long end(long call) {
      return Objects.requireNonNull(calls.remove(call), "in flight");
    }

    Session copy() {
      Session copy = new Session();
      copy.calls.putAll(calls);
      copy.completions.addAll(completions);
      copy.acknowledged = acknowledged;
      return copy;
    }
  }

  private final Map<Long, Session> sessions = new TreeMap<>();
  private long numbers;

  /** Nothing yet. */
  Model() {}

  /** What was recovered; sessions to come get numbers that these do not have. */
  Model(List<Restored> recovered) {
    for (Restored restored : recovered) {
      Session session = new Session();
      session.acknowledged = (int) restored.position();
      for (int i = 0; i < restored.position(); i++) {
        session.completions.add(new Completion(0, 0));
      }
      for (int i = 0; i < restored.callerData().length; i++) {
        session.completions.add(new Completion(restored.callerData()[i], restored.statuses()[i]));
      }
      sessions.put(restored.id(), session);
      numbers = Math.max(numbers, restored.id());
    }
  }

  void apply(Step step) {
    if (step.kind() == RecordKind.OPENED) {
      sessions.put(step.session(), new Session());
      return;
    }
    Session session = session(step.session());
    switch (step.kind()) {
      case BEGAN -> session.calls.put(step.number(), step.value());
      case ENDED_INLINE -> session.calls.remove(step.number());
      case COMPLETED ->
          session.completions.add(new Completion(session.end(step.number()), step.value()));
      case ACKNOWLEDGED -> session.acknowledged = (int) step.number();
      case CLOSED -> sessions.remove(step.session());
      default -> throw new IllegalStateException("not a step: " + step);
    }
  }

  private Session session(long id) {
    return Objects.requireNonNull(sessions.get(id), "a session");
  }

  /** What is held if the server dies now, as {@link #text}. */
  String crashed() {
    Model copy = copy();
    copy.crash();
    return copy.text();
  }

  /** The same, to go on with alone. */
  Model copy() {
    Model copy = new Model();
    sessions.forEach((id, session) -> copy.sessions.put(id, session.copy()));
    copy.numbers = numbers;
    return copy;
  }

  /** The server dies: whatever was in flight has an unknown outcome. */
  void crash() {
    for (Session session : sessions.values()) {
      session.calls.values().forEach(data -> session.completions.add(ownerDead(data)));
      session.calls.clear();
    }
  }

  private static Completion ownerDead(long callerData) {
    return new Completion(callerData, -Errno.EOWNERDEAD);
  }

  /** A step that makes sense now. */
  Step next(Random random) {
    List<Long> ids = List.copyOf(sessions.keySet());
    int die = random.nextInt(100);
    if (ids.isEmpty() || (die == 0 && ids.size() < 20)) {
      return new Step(RecordKind.OPENED, ++numbers, 0, 0);
    }
    long id = ids.get(random.nextInt(ids.size()));
    Session session = session(id);
    if (die == 1) {
      return new Step(RecordKind.CLOSED, id, 0, 0);
    }
    int held = session.completions.size() - session.acknowledged;
    if (die < 10 && held > 0) {
      long position = session.acknowledged + 1L + random.nextInt(held);
      return new Step(RecordKind.ACKNOWLEDGED, id, position, 0);
    }
    if (die < 50 && !session.calls.isEmpty()) {
      List<Long> calls = List.copyOf(session.calls.keySet());
      RecordKind kind = die < 15 ? RecordKind.ENDED_INLINE : RecordKind.COMPLETED;
      return new Step(kind, id, calls.get(random.nextInt(calls.size())), random.nextLong());
    }
    return new Step(RecordKind.BEGAN, id, ++numbers, random.nextLong());
  }

  /** What is held, as text that can be compared: a line for each session. */
  String text() {
    StringBuilder text = new StringBuilder();
    sessions.forEach(
        (id, session) -> {
          text.append(id).append(" from ").append(session.acknowledged).append(':');
          session.completions.stream()
              .skip(session.acknowledged)
              .forEach(c -> text.append(' ').append(c.callerData).append('=').append(c.status));
          text.append('\n');
        });
    return text.toString();
  }

  /** What was read, as the same text, when its calls in flight are completed. */
  static String textAfterCrash(HeldState state) {
    for (HeldSession session : state.all()) {
      for (long call : session.calls().inOrder()) {
        state.completion(session, session.calls().callerData(call), -Errno.EOWNERDEAD);
        state.ended(session, call);
      }
    }
    return text(state.all().stream().map(HeldSession::restored).toList());
  }

  /** A text on one line. */
  static String line(String text) {
    return text.replace('\n', ';');
  }

  /**
   * What was recovered, as the same text; a token or a peer that is not the session's own is named.
   */
  static String text(List<Restored> recovered) {
    Map<Long, String> lines = new TreeMap<>();
    for (Restored session : recovered) {
      StringBuilder text = new StringBuilder();
      text.append(session.id()).append(" from ").append(session.position()).append(':');
      for (int i = 0; i < session.callerData().length; i++) {
        text.append(' ').append(session.callerData()[i]).append('=').append(session.statuses()[i]);
      }
      if (!session.token().equals(Step.token(session.id()))
          || !session.peer().equals(Step.peer(session.id()))) {
        text.append(" not its own");
      }
      lines.put(session.id(), text.append('\n').toString());
    }
    return String.join("", lines.values());
  }
}
