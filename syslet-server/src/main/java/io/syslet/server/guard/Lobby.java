package io.syslet.server.guard;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Those who have come and have not yet said what they want. There are only so many places; when one
 * more comes, the one that has waited longest is sent away: whoever is quick gets through, however
 * many others dawdle. Any thread.
 *
 * @param <T> who waits.
 */
public final class Lobby<T> {
  private final int places;
  private final Consumer<T> sendAway;
  private final LinkedHashSet<T> waiting = new LinkedHashSet<>();

  /**
   * @param places at least 1.
   * @param sendAway ends one that has waited too long; called on the thread of who comes.
   */
  public Lobby(int places, Consumer<T> sendAway) {
    this.places = places;
    this.sendAway = sendAway;
  }

  /** One comes, or begins to wait anew. */
  public void enter(T who) {
    T longest = place(who);
    if (longest != null) {
      sendAway.accept(longest);
    }
  }

  private synchronized @Nullable T place(T who) {
    waiting.remove(who);
    waiting.add(who);
    if (waiting.size() <= places) {
      return null;
    }
    Iterator<T> oldest = waiting.iterator();
    T longest = oldest.next();
    oldest.remove();
    return longest;
  }

  /** One has said what it wants, or has gone. */
  public synchronized void leave(T who) {
    waiting.remove(who);
  }

  /** How many wait. */
  public synchronized int size() {
    return waiting.size();
  }
}
