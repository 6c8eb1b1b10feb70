package io.syslet.kernel.cpu;

import io.syslet.kernel.coroutine.CoQueue;
import io.syslet.kernel.coroutine.CoSleep;
import io.syslet.kernel.coroutine.Coroutine;
import io.syslet.kernel.coroutine.EventLoop;
import io.syslet.kernel.coroutine.Time;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * A host whose threads are coroutines on virtual time: a seed decides where one is put aside for
 * another, so each run with one seed is the same. A thread can be put aside wherever it calls the
 * host.
 */
public final class SeededHost implements CpuHost {
  private final EventLoop loop = new EventLoop("seeded host", Time.virtual());
  private final SplittableRandom random;

  /** A host that chooses by a seed. */
  public SeededHost(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Runs a first thread and all that are started, until all wait or have ended. */
  public void run(Runnable main) {
    start("main", main);
    loop.runUntilIdle();
  }

  @Override
  public Object self() {
    perhapsAnother();
    return running();
  }

  /** Lets another thread run here, or not. */
  public void perhapsAnother() {
    if (random.nextInt(3) == 0) {
      CoSleep.forNs(loop, random.nextInt(4));
    }
  }

  private static Coroutine running() {
    return Objects.requireNonNull(Coroutine.self(), "not a thread of the seeded host");
  }

  @Override
  public Semaphore semaphore(int count) {
    return new SeededSemaphore(count);
  }

  @Override
  public HostThread start(String name, Runnable body) {
    CoQueue waiting = new CoQueue();
    boolean[] ended = {false};
    loop.schedule(
        Coroutine.create(
            name,
            argument -> {
              body.run();
              ended[0] = true;
              waiting.restartAll();
            }));
    return () -> {
      while (!ended[0]) {
        waiting.await();
      }
    };
  }

  @Override
  public long now() {
    return loop.now();
  }

  @Override
  public void after(long ns, Runnable action) {
    loop.at(loop.after(ns), () -> start("timer", action));
  }

  private final class SeededSemaphore implements Semaphore {
    private final CoQueue waiting = new CoQueue();
    private int count;

    SeededSemaphore(int count) {
      this.count = count;
    }

    @Override
    public void up() {
      perhapsAnother();
      count++;
      waiting.next();
      perhapsAnother();
    }

    @Override
    public void down() {
      perhapsAnother();
      while (count == 0) {
        waiting.await();
      }
      count--;
      perhapsAnother();
    }
  }
}
