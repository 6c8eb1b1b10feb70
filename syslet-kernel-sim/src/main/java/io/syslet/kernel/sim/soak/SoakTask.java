package io.syslet.kernel.sim.soak;

import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Program;
import io.syslet.Task;
import io.syslet.kernel.sim.TaskKilled;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.CompletionWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One task's random program: it submits, waits, and takes completions out of any ring, also those
 * of others. What it waits for it writes down before, so that it can be seen from outside whether
 * it sleeps although that is there.
 */
final class SoakTask implements Program {
  private static final long SHORT_NANOS = 5_000_000;
  private static final int MOST_TASKS = 12;

  private final World world;
  private final SplittableRandom random;
  private final Wishes wishes;
  private final Forms forms;
  private final List<Ticket> words = new ArrayList<>();
  private final int steps;
  private final boolean closes;
  private @Nullable Task task;
  private boolean ended;

  /** What it waits for: completions of a ring, or a word. */
  private @Nullable CompletionRing ring;

  private int index;
  private int min;
  private @Nullable CompletionWord word;
  private boolean joins;

  SoakTask(World world, SplittableRandom random, int steps, boolean closes) {
    this.world = world;
    this.random = random;
    this.steps = steps;
    this.closes = closes;
    this.wishes = new Wishes(world, random);
    this.forms = new Forms(world, this, random, wishes);
  }

  /** Starts it; from outside, or in another. */
  void start() {
    world.tasks.add(this);
    task = world.kernel.start(this);
  }

  @Override
  public void run(Kernel kernel) {
    try {
      int last = closes ? random.nextInt(steps + 1) : steps;
      for (int i = 0; i < last && !world.isOver(); i++) {
        world.lookAtTheClock();
        step();
      }
      if (closes && !world.isOver()) {
        world.closing();
        kernel.close();
      }
    } finally {
      ended = true;
    }
  }

  private void step() {
    switch (random.nextInt(20)) {
      case 0, 1, 2, 3, 4, 5, 6 -> submitted(forms.single());
      case 7, 8, 9 -> forms.batch();
      case 10, 11 -> forms.program();
      case 12, 13 -> forms.plain();
      case 14, 15, 16 -> harvest();
      case 17 -> awaitWord();
      case 18 -> forms.pipeOfItsOwn();
      default -> rare();
    }
  }

  private void rare() {
    switch (random.nextInt(4)) {
      case 0 -> {
        int old = world.kernel.maxWorkers(1 + random.nextInt(20));
        if (old < 1) {
          world.blame("the old limit of workers is " + old);
        }
      }
      case 1 -> child();
      case 2 -> forms.makeDescriptor();
      default -> forms.closeDescriptor();
    }
  }

  private void submitted(Ticket ticket) {
    if (ticket.word != null && ticket.state == Ticket.State.PENDING) {
      words.add(ticket);
    }
  }

  // ---- waiting

  private void harvest() {
    int number = random.nextInt(world.rings.size());
    CompletionRing from = world.rings.get(number);
    int drained =
        from.drainShared(
            (status, data) -> world.tickets.completed(number, status, data), 1 + random.nextInt(8));
    if (drained < 0) {
      world.blame("ring " + number + " cannot be read: " + drained);
    }
    if (drained == 0 && random.nextBoolean()) {
      await(from);
    }
  }

  private void await(CompletionRing from) {
    index = from.tail();
    min = random.nextInt(3) == 0 ? random.nextInt(from.elements() + 1) : 1;
    long timeout = timeout();
    long start = world.kernel.virtualNanos();
    ring = from;
    long result = world.kernel.ringWait(from, index, min, timeout);
    ring = null;
    ended(result, from.waits().poll(index, min) == 0, timeout, start, "a ring");
  }

  private long timeout() {
    return switch (random.nextInt(3)) {
      case 0 -> Long.MAX_VALUE;
      case 1 -> 0;
      default -> random.nextLong(SHORT_NANOS);
    };
  }

  /** How a wait ended, and whether it may. */
  private void ended(long result, boolean isThere, long timeout, long start, String what) {
    long waited = world.kernel.virtualNanos() - start;
    boolean interrupted = Thread.interrupted();
    boolean plausible =
        (result == 0 && isThere)
            || (result == -Errno.ETIME && waited >= timeout)
            || (result == -Errno.ERESTARTSYS && (interrupted || world.signals))
            || (result == -Errno.EINTR && world.signals)
            || world.isClosing();
    if (!plausible) {
      world.blame(
          "a wait for %s of %d ns ended after %d ns with %d"
              .formatted(what, timeout, waited, result));
    }
  }

  private void awaitWord() {
    if (words.isEmpty()) {
      return;
    }
    Ticket ticket = words.get(random.nextInt(words.size()));
    CompletionWord wanted = Objects.requireNonNull(ticket.word);
    long timeout = timeout();
    long start = world.kernel.virtualNanos();
    word = wanted;
    long result = world.kernel.wordWait(wanted, timeout);
    word = null;
    ended(result, wanted.isDone(), timeout, start, "a word");
    if (wanted.isDone()) {
      words.remove(ticket);
      world.tickets.completed(ticket, wanted.status());
    }
  }

  private void child() {
    if (world.tasks.size() >= MOST_TASKS) {
      return;
    }
    SoakTask child = new SoakTask(world, random.split(), steps / 4, false);
    try {
      child.start();
    } catch (IllegalStateException e) {
      if (!world.isClosing()) {
        throw e;
      }
      return;
    }
    if (random.nextBoolean()) {
      joins = true;
      join(child);
      joins = false;
    }
  }

  private static void join(SoakTask child) {
    try {
      Objects.requireNonNull(child.task).join();
    } catch (InterruptedException | ExecutionException e) {
      // It is looked at in the end.
    }
  }

  // ---- seen from outside, while the machine stands still

  boolean hasEnded() {
    return ended;
  }

  /** Whether it sleeps although what it waits for is there. */
  boolean oversleeps() {
    CompletionRing awaited = ring;
    CompletionWord done = word;
    return !ended
        && ((awaited != null && awaited.waits().poll(index, min) == 0)
            || (done != null && done.isDone()));
  }

  /** Ends a wait that may have no end. */
  boolean interrupt() {
    if (ended || (ring == null && word == null && !joins)) {
      return false;
    }
    world.signals = true;
    world.kernel.interrupt(Objects.requireNonNull(task));
    return true;
  }

  /** What its program ended with, after its end. */
  void check() throws InterruptedException {
    try {
      Objects.requireNonNull(task).join();
    } catch (ExecutionException e) {
      boolean killed = e.getCause() instanceof TaskKilled;
      if (!killed || !(world.signals || world.isClosing())) {
        world.blame("a program ended with " + e.getCause());
      }
    }
  }

  /** A plain call of its own, for its forms. */
  long call(long nr, long a0, long a1) {
    return world.kernel.syscall(nr, a0, a1, 0);
  }

  /** A plain nap. */
  void nap(long timespec) {
    call(Nr.NANOSLEEP, timespec, 0);
  }

  @Override
  public String toString() {
    return (ended ? "ended " : "")
        + task
        + (ring != null ? ", ring" : "")
        + (word != null ? ", word" : "")
        + (joins ? ", join" : "");
  }
}
