package io.syslet.server.guard;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Those who have come and have not yet said what they want. There are only so many places; when one
 * more comes, the one that came first is sent away: whoever is quick gets through, however many
 * others dawdle. Any thread.
 *
 * @param <T> who waits.
 */
public final class Lobby<T> {
  private final int places;
  private final Consumer<T> sendAway;
  private final AtomicLong turns = new AtomicLong();
  private final TreeMap<Long, T> byTurn = new TreeMap<>();
  private final Map<T, Long> waiting = new HashMap<>();

  /**
   * @param places at least 1.
   * @param sendAway ends one that has waited too long; called on the thread of who comes.
   */
  public Lobby(int places, Consumer<T> sendAway) {
    this.places = places;
    this.sendAway = sendAway;
  }

  /** The turn of one that comes now: greater than all before. */
  public long turn() {
    return turns.incrementAndGet();
  }

  /** One comes, or begins to wait anew. */
  public void enter(T who) {
    enter(who, turn());
  }

  /**
   * One is let in whose turn was taken before. If others have come since and taken all the places,
   * it is sent away itself.
   *
   * @param turn its {@link #turn}, which nobody else has.
   */
  public void enter(T who, long turn) {
    T first = place(who, turn);
    if (first != null) {
      sendAway.accept(first);
    }
  }

  private synchronized @Nullable T place(T who, long turn) {
    leave(who);
    waiting.put(who, turn);
    byTurn.put(turn, who);
    if (byTurn.size() <= places) {
      return null;
    }
    T first = byTurn.firstEntry().getValue();
    leave(first);
    return first;
  }

  /** One has said what it wants, or has gone. */
  public synchronized void leave(T who) {
    Long turn = waiting.remove(who);
    if (turn != null) {
      byTurn.remove(turn);
    }
  }

  /** How many wait. */
  public synchronized int size() {
    return waiting.size();
  }
}
