package io.syslet.kernel;

import static io.syslet.Kernel.CANCEL_NANOS;

import io.syslet.Errno;
import io.syslet.StuckCall;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Takes pending calls back for whoever asks, and waits a while for them to end. Any thread. */
public final class Canceler {
  private static final long FIRST_PAUSE_NANOS = 20_000;
  private static final long LAST_PAUSE_NANOS = 1_000_000;

  /** The time in which calls sleep. */
  public interface Time {
    /** Nanoseconds from some moment on. */
    long now();

    /** Lets so many nanoseconds pass for the current thread, or fewer. */
    void pause(long nanos);

    /** Asks a call again now and then, until it has ended. */
    void remind(PendingCall call, Cancellation wish);
  }

  private final Consumer<Consumer<PendingCall>> pending;
  private final Time time;

  /**
   * Makes one.
   *
   * @param pending has each call told of that may be pending.
   * @param time the kernel's.
   */
  public Canceler(Consumer<Consumer<PendingCall>> pending, Time time) {
    this.pending = pending;
    this.time = time;
  }

  /** {@link io.syslet.Kernel#cancel(long, long, long)}. */
  public int one(long target, long callerData, long patienceNanos) {
    Search search =
        new Search(call -> call.callerData() == callerData && call.target() == target, true);
    return end(search, patienceNanos);
  }

  /** {@link io.syslet.Kernel#cancelFd}. */
  public int fd(int fd) {
    return end(
        new Search(call -> CallDescriptors.name(call.descriptors(), fd), false), CANCEL_NANOS);
  }

  /** {@link io.syslet.Kernel#cancelAll}. */
  public int all() {
    return end(new Search(call -> true, false), CANCEL_NANOS);
  }

  /** The calls that are pending. */
  List<StuckCall> stuck() {
    List<StuckCall> stuck = new ArrayList<>();
    pending.accept(
        call -> {
          if (call.turn() != 0) {
            int fd = CallDescriptors.first(call.descriptors());
            stuck.add(new StuckCall(call.nr(), fd, call.callerData()));
          }
        });
    return stuck;
  }

  private int end(Search search, long patience) {
    pending.accept(search::look);
    search.await(patience);
    search.leave();
    return search.result;
  }

  /** A call, and the wish that it end. */
  private record Asked(PendingCall call, Cancellation wish) {}

  /** Those that are meant, and what became of them. */
  private final class Search {
    private final Predicate<PendingCall> wanted;
    private final boolean first;
    private final List<Asked> asked = new ArrayList<>();
    int result = -Errno.ENOENT;

    Search(Predicate<PendingCall> wanted, boolean first) {
      this.wanted = wanted;
      this.first = first;
    }

    void look(PendingCall call) {
      long turn = call.turn();
      if (turn != 0 && !(first && isFound()) && wanted.test(call) && call.turn() == turn) {
        ask(call, new Cancellation(Errno.ECANCELED, turn));
      }
    }

    private boolean isFound() {
      return result != -Errno.ENOENT || !asked.isEmpty();
    }

    private void ask(PendingCall call, Cancellation wish) {
      int taken = call.take(wish);
      if (taken == Cancellation.ASKED) {
        asked.add(new Asked(call, wish));
      } else {
        count(taken);
      }
    }

    private void count(int taken) {
      if (taken == -Errno.EALREADY || (taken == 0 && result == -Errno.ENOENT)) {
        result = taken;
      }
    }

    /** As long as some end, the others are waited for. */
    void await(long patience) {
      long pause = FIRST_PAUSE_NANOS;
      for (long since = time.now(); !asked.isEmpty() && time.now() - since < patience; ) {
        time.pause(pause);
        boolean some = asked.removeIf(this::hasEnded);
        since = some ? time.now() : since;
        pause = some ? FIRST_PAUSE_NANOS : Math.min(2 * pause, LAST_PAUSE_NANOS);
      }
    }

    private boolean hasEnded(Asked one) {
      int taken = one.call.take(one.wish);
      if (taken != Cancellation.ASKED) {
        count(taken);
      }
      return taken != Cancellation.ASKED;
    }

    /** Those that have not ended are left to the clock. */
    void leave() {
      for (Asked one : asked) {
        count(-Errno.EALREADY);
        time.remind(one.call, one.wish);
      }
    }
  }
}
