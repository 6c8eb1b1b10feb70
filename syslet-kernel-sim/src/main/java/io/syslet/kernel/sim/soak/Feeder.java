package io.syslet.kernel.sim.soak;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.kernel.sim.File;
import io.syslet.kernel.sim.soak.Ticket.State;
import io.syslet.kernel.sim.soak.Wish.Wait;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.Memory;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The world outside. It lets the machine run until nothing moves by itself any more; looks whether
 * somebody sleeps then although what it waits for is there, which is a wake-up that was missed; and
 * brings about what the sleepers wait for. So programs need not care whether their calls ever end.
 */
final class Feeder {
  /** Longer than any nap, time-out or request of the disk. */
  private static final long LONG_SECONDS = 100;

  private static final int MOST_ROUNDS = 1_000;
  private static final int WAKE = 1 | 128;
  private static final int MORE = 64;

  /** So many rounds a great write may take. */
  private static final int PATIENCE = 4;

  private final World world;
  private final long nap;
  private final long poll;
  private final long now;
  private final long timer;
  private final Set<Long> unread = new HashSet<>();
  private boolean fed;
  private long last;
  private int stale;

  Feeder(World world) {
    this.world = world;
    this.nap = world.small(16);
    this.poll = world.small(8);
    this.now = world.small(16);
    this.timer = world.small(32);
    Memory.putLong(nap, LONG_SECONDS);
    Memory.putLong(timer + 24, 1);
  }

  /**
   * Goes on until all programs and calls have ended, somebody closes the kernel, or something is
   * wrong.
   *
   * @param most how many rounds at most; after them the rest is left as it is.
   */
  void run(int most) {
    for (int i = 0; i < Math.min(most, MOST_ROUNDS); i++) {
      long slept = world.call(Nr.NANOSLEEP, nap, 0);
      if (world.isClosing() || world.problem() != null) {
        return;
      }
      if (slept != 0) {
        world.blame("a nap from outside ended with " + slept);
      }
      if (isOver()) {
        return;
      }
      round();
    }
    if (most >= MOST_ROUNDS) {
      world.blame("it does not come to an end: " + world.kernel.stats());
    }
  }

  private boolean isOver() {
    return world.tasks.stream().allMatch(SoakTask::hasEnded)
        && world.kernel.stats().inFlight() == 0
        && world.kernel.census().tasks() == 0;
  }

  private void round() {
    lookForSleepers();
    peek();
    fed = false;
    boolean futex = false;
    Set<Source> readers = new LinkedHashSet<>();
    Set<Source> writers = new LinkedHashSet<>();
    for (Ticket ticket : world.tickets.all()) {
      if (ticket.state != State.ANSWERED && !ticket.isDone() && !isUnread(ticket)) {
        for (Wish wish : ticket.wishes) {
          check(ticket, wish);
          futex |= wish.need == Wait.FUTEX;
          add(wish, readers, writers);
        }
      }
    }
    readers.forEach(this::put);
    writers.forEach(this::take);
    if (futex) {
      fed |= world.call(Nr.FUTEX, world.futex, WAKE, Integer.MAX_VALUE) > 0;
    }
    if (!fed || isStale()) {
      release();
    }
  }

  /** Whether nothing has come to an end since the round before, whatever was fed. */
  private boolean isStale() {
    long ended = world.tasks.stream().filter(SoakTask::hasEnded).count();
    long now = world.tickets.accepted() - world.kernel.stats().inFlight() + ended;
    stale = now == last ? stale + 1 : 0;
    last = now;
    return stale > PATIENCE;
  }

  // ---- who oversleeps

  private void lookForSleepers() {
    for (SoakTask task : world.tasks) {
      if (task.oversleeps()) {
        world.blame("a wake-up was missed: a task sleeps although its completions are there");
      }
    }
  }

  private void peek() {
    unread.clear();
    for (CompletionRing ring : world.rings) {
      for (int i = ring.tail(); i != ring.head(); i++) {
        unread.add(ring.callerDataAt(i));
      }
    }
  }

  private boolean isUnread(Ticket ticket) {
    for (int i = 0; i < ticket.wishes.length; i++) {
      if (unread.contains(ticket.first + i)) {
        return true;
      }
    }
    return false;
  }

  /** Who waits for certain must not find at once what it waits for. */
  private void check(Ticket ticket, Wish wish) {
    boolean waits =
        ticket.state == State.PENDING
            ? ticket.ring != Ticket.NO_RING || ticket.word != null
            : ticket.isSingle && !ticket.owner.hasEnded();
    Source source = wish.source;
    if (!waits || ticket.atoms != null) {
      return;
    }
    boolean ready =
        switch (wish.need) {
          case READ, POLL -> source != null && !source.isClosed && isReady(source.in, File.POLLIN);
          case WRITE -> source != null && !source.isClosed && isReady(source.out, File.POLLOUT);
          case EPOLL -> isReady(world.epoll, File.POLLIN);
          case FUTEX, NONE -> false;
        };
    if (ready) {
      world.blame("a wake-up was missed: %s sleeps although it could go on".formatted(ticket));
    }
  }

  private boolean isReady(int fd, int events) {
    Memory.putInt(poll, fd);
    Memory.putInt(poll + 4, events);
    return world.call(Nr.PPOLL, poll, 1, now, 0, 8) > 0;
  }

  // ---- what they wait for

  private void add(Wish wish, Set<Source> readers, Set<Source> writers) {
    Source source = wish.source;
    switch (wish.need) {
      case READ, POLL -> addOpen(readers, source);
      case WRITE -> addOpen(writers, source);
      case EPOLL -> readers.add(world.pipe);
      case FUTEX, NONE -> {}
    }
  }

  private static void addOpen(Set<Source> to, @Nullable Source source) {
    if (source != null && !source.isClosed) {
      to.add(source);
    }
  }

  private void put(Source source) {
    if (!isReady(source.in, File.POLLIN)) {
      switch (source.kind) {
        case PIPE -> {
          long put = moved(source, Nr.WRITE, source.out, world.zone, MORE);
          source.written += put;
        }
        case EVENTFD -> {
          moved(source, Nr.WRITE, source.out, world.one, 8);
        }
        case TIMER -> {
          world.call(Nr.TIMERFD_SETTIME, source.in, 0, timer, 0);
          fed = true;
        }
      }
    }
  }

  private void take(Source source) {
    long taken = moved(source, Nr.READ, source.in, world.junk, World.ZONE);
    source.read += taken;
  }

  /** How much went in or out; somebody may have been faster. */
  private long moved(Source source, long nr, long fd, long buffer, long length) {
    long done = world.tryCall(nr, fd, buffer, length);
    fed |= done > 0;
    if (done < 0 && done != -Errno.EAGAIN && done != -Errno.EPIPE && !world.isClosing()) {
      world.blame("nothing can be moved at %s: %d".formatted(source, done));
    }
    return Math.max(done, 0);
  }

  /** Nothing can be brought about: waits without an end are interrupted, stray ends closed. */
  private void release() {
    boolean moved = false;
    for (SoakTask task : world.tasks) {
      moved |= task.interrupt();
    }
    if (!moved && world.tasks.stream().allMatch(SoakTask::hasEnded)) {
      moved = new Strays(world).close() > 0;
    }
    if (!moved && !fed) {
      world.blame("nothing moves: " + world.kernel.census() + ", " + world.kernel.stats());
    }
  }
}
