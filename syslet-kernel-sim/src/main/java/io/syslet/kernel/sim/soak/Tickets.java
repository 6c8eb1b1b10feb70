package io.syslet.kernel.sim.soak;

import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Every call that was submitted, and what came of it. */
final class Tickets {
  /** A status that no call has. */
  static final long UNTOUCHED = 0x5eed_0000_0000_0000L;

  private final World world;
  private final List<Ticket> tickets = new ArrayList<>();
  private final List<Ticket> byCallerData = new ArrayList<>();
  private long accepted;

  Tickets(World world) {
    this.world = world;
    byCallerData.add(null);
  }

  List<Ticket> all() {
    return tickets;
  }

  /** A submission is about to be made. */
  Ticket open(SoakTask owner, Wish... wishes) {
    Ticket ticket = new Ticket(byCallerData.size(), wishes, owner);
    tickets.add(ticket);
    for (int i = 0; i < wishes.length; i++) {
      byCallerData.add(ticket);
    }
    return ticket;
  }

  /** A call was not handed over: it has a result, or was not made. */
  void answered(Ticket ticket, long status, int... refusals) {
    ticket.state = Ticket.State.ANSWERED;
    accepted++;
    boolean refused = false;
    for (int errno : refusals) {
      refused |= status == -errno;
    }
    if (!refused) {
      settle(ticket, ticket.wish(), status);
    }
  }

  /** A call was not accepted, and nothing is known of it. */
  void notMade(Ticket ticket) {
    ticket.state = Ticket.State.ANSWERED;
  }

  /** A call was handed over. */
  void pending(Ticket ticket) {
    ticket.state = Ticket.State.PENDING;
    accepted++;
    if (ticket.ring == Ticket.NO_RING && ticket.word == null) {
      uncertain(ticket);
    }
  }

  private static void uncertain(Ticket ticket) {
    for (Wish wish : ticket.wishes) {
      if (wish.source != null) {
        wish.source.isUncertain = true;
      }
    }
  }

  /** A completion was taken out of a ring. */
  void completed(int ring, long status, long callerData) {
    if (callerData < 1 || callerData >= byCallerData.size()) {
      world.blame(
          "ring %d: a completion of no call: status %d, caller data %d"
              .formatted(ring, status, callerData));
      return;
    }
    Ticket ticket = byCallerData.get((int) callerData);
    if (ticket.ring != ring) {
      world.blame(ticket + " was completed to ring " + ring);
    }
    done(ticket, (int) (callerData - ticket.first), status);
  }

  /** A completion word was seen done. */
  void completed(Ticket ticket, long status) {
    done(ticket, 0, status);
  }

  private void done(Ticket ticket, int wish, long status) {
    if (++ticket.completions > 1) {
      world.blame(ticket + " was completed twice, with " + status);
    } else if (ticket.state == Ticket.State.ANSWERED) {
      world.blame(ticket + " was completed, with " + status);
    } else if (ticket.atoms == null) {
      settle(ticket, ticket.wish(), status);
    } else if (!ticket.wishes[wish].mayEndWith(status, world)) {
      world.blame(ticket + " ended with " + status + " at " + ticket.wishes[wish]);
    }
  }

  /** The status of a call is known. */
  private void settle(Ticket ticket, Wish wish, long status) {
    if (!wish.mayEndWith(status, world)) {
      world.blame(ticket + " ended with " + status);
    }
    if (wish.isTransfer() && status > 0) {
      Source source = Objects.requireNonNull(wish.source);
      if (wish.need == Wish.Wait.READ) {
        source.read += status;
      } else {
        source.written += status;
      }
    }
  }

  // ---- at the end

  /** Everything has come to its end: whether each call has what it was promised. */
  void check() {
    for (Ticket ticket : tickets) {
      if (ticket.word != null && ticket.completions == 0 && ticket.word.isDone()) {
        completed(ticket, ticket.word.status());
      }
      check(ticket);
    }
  }

  private void check(Ticket ticket) {
    boolean told = ticket.ring != Ticket.NO_RING || ticket.word != null;
    boolean isPending = ticket.state == Ticket.State.PENDING;
    if (isPending && told && ticket.completions == 0 && !ticket.maySayNothing) {
      world.blame(ticket + " was never completed");
    }
    if (ticket.state == Ticket.State.STARTED && ticket.completions == 0) {
      uncertain(ticket);
    }
    int entered = isPending && ticket.hasFrame ? 1 : 0;
    boolean isUnknown = ticket.state == Ticket.State.STARTED || world.isClosing();
    if (ticket.framesEntered != entered && !(isUnknown && ticket.framesEntered < 2)) {
      world.blame(ticket + ": its frame was entered " + ticket.framesEntered + " times");
    }
    if (ticket.atoms != null) {
      settleAtoms(ticket);
    }
  }

  /** Each atom that has run has its status. */
  private void settleAtoms(Ticket ticket) {
    for (int i = 0; i < ticket.wishes.length; i++) {
      long status = atomStatus(ticket, i);
      boolean undone = status == -Errno.EAGAIN && ticket.isNonBlocking;
      if (status != UNTOUCHED && !undone) {
        settle(ticket, ticket.wishes[i], status);
      }
    }
  }

  static long atomStatus(Ticket ticket, int i) {
    return Memory.getLong(Objects.requireNonNull(ticket.atoms).atom(i) + CallSlots.STATUS);
  }

  /** Completions that are still in the rings. */
  void drain() {
    for (int i = 0; i < world.rings.size(); i++) {
      CompletionRing ring = world.rings.get(i);
      int number = i;
      int drained =
          ring.drainShared((status, data) -> completed(number, status, data), Integer.MAX_VALUE);
      if (drained < 0) {
        world.blame("ring " + i + " cannot be read: " + drained);
      }
    }
  }

  /** Calls that were handed over, as far as is known; and those of which nothing is known. */
  long countPending() {
    return tickets.stream().filter(t -> t.state == Ticket.State.PENDING).count();
  }

  long countUnknown() {
    return tickets.stream().filter(t -> t.state == Ticket.State.STARTED).count();
  }

  long accepted() {
    return accepted;
  }
}
