package io.syslet.ring;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Every order in which a few threads can pass the steps of the protocol: one of them runs at a
 * time, from a step to the next, and what is decided by whom runs next is tried out in full. Up to
 * their first step they run in order.
 *
 * <p>For a JVM that was started with {@code -Dio.syslet.ring.steps=true}.
 */
final class Interleaver {
  private final long stops;
  private final List<Integer> choices = new ArrayList<>();
  private final List<Integer> widths = new ArrayList<>();

  /** Stops threads at these steps. */
  Interleaver(int... steps) {
    long mask = 0;
    for (int step : steps) {
      mask |= 1L << step;
    }
    stops = mask;
  }

  /** One run: the threads' bodies, and what must hold after each move and at the end. */
  interface Scene {
    List<Runnable> bodies();

    /** A thread has come to a step; −1 is the end of its body. */
    void moved(int actor, int step);

    void ended();
  }

  /** Runs a new scene for every order; returns how many there are. */
  int explore(Supplier<Scene> scenes) throws InterruptedException {
    int orders = 0;
    ProtocolStep.listener = Interleaver::stop;
    do {
      run(scenes.get());
      orders++;
    } while (next());
    ProtocolStep.listener = null;
    return orders;
  }

  private void run(Scene scene) throws InterruptedException {
    List<Actor> actors = new ArrayList<>();
    for (Runnable body : scene.bodies()) {
      actors.add(new Actor(actors.size(), stops, body));
    }
    List<Actor> able = new ArrayList<>(actors);
    try {
      for (Actor actor : actors) {
        actor.move();
        scene.moved(actor.number, actor.at);
      }
      for (int depth = 0; !able.isEmpty(); depth++) {
        Actor actor = able.get(choose(depth, able.size()));
        actor.move();
        if (actor.at < 0) {
          able.remove(actor);
        }
        scene.moved(actor.number, actor.at);
      }
      scene.ended();
    } catch (AssertionError e) {
      throw new AssertionError("order " + choices, e);
    }
  }

  private int choose(int depth, int width) {
    if (depth == choices.size()) {
      choices.add(0);
      widths.add(width);
    }
    return choices.get(depth);
  }

  /** Whether there is another order: the last choice that has an alternative takes it. */
  private boolean next() {
    for (int last = choices.size() - 1; last >= 0; last--) {
      int choice = choices.remove(last) + 1;
      int width = widths.remove(last);
      if (choice < width) {
        choices.add(choice);
        widths.add(width);
        return true;
      }
    }
    return false;
  }

  private static void stop(int step) {
    if (Thread.currentThread() instanceof Actor actor && (actor.stops & 1L << step) != 0) {
      actor.stopAt(step);
    }
  }

  private static final class Actor extends Thread {
    private final int number;
    private final long stops;
    private final Runnable body;
    private final Semaphore go = new Semaphore(0);
    private final Semaphore back = new Semaphore(0);
    private int at;

    Actor(int number, long stops, Runnable body) {
      this.number = number;
      this.stops = stops;
      this.body = body;
      setDaemon(true);
      start();
    }

    @Override
    public void run() {
      go.acquireUninterruptibly();
      try {
        body.run();
      } finally {
        at = -1;
        back.release();
      }
    }

    void move() throws InterruptedException {
      go.release();
      back.acquire();
    }

    private void stopAt(int step) {
      at = step;
      back.release();
      go.acquireUninterruptibly();
    }
  }
}
