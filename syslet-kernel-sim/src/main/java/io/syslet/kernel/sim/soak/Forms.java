package io.syslet.kernel.sim.soak;

import io.syslet.Atoms;
import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Params;
import io.syslet.Registers;
import io.syslet.Syslet;
import io.syslet.kernel.sim.soak.Wish.Wait;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.CompletionWord;
import io.syslet.ring.Memory;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;

/** The ways in which a task makes calls: plainly, one at a time, in batches, as programs. */
final class Forms {
  private static final long PENDING = -Syslet.ESYSLETPENDING;
  private static final int MOST = 5;
  private static final int[] REFUSALS = {Errno.EAGAIN, Errno.ESHUTDOWN, Errno.EINTR};
  private static final int[] FRAME_REFUSALS = {
    Errno.EAGAIN, Errno.ESHUTDOWN, Errno.EINTR, Errno.EINVAL
  };
  private static final int[] NOT_MADE = {Errno.ESHUTDOWN, Errno.EINTR};

  private final World world;
  private final SoakTask owner;
  private final SplittableRandom random;
  private final Wishes wishes;
  private final MemorySegment registers;
  private final MemorySegment params;
  private final CallSlots slots;

  Forms(World world, SoakTask owner, SplittableRandom random, Wishes wishes) {
    this.world = world;
    this.owner = owner;
    this.random = random;
    this.wishes = wishes;
    this.registers = world.memory(Registers.LENGTH);
    this.params = world.memory(Params.LENGTH);
    this.slots = Atoms.wrap(world.memory((long) Atoms.LENGTH * MOST), MOST).slots();
  }

  private Kernel kernel() {
    return world.kernel;
  }

  /** Plainly: it blocks if it blocks. */
  void plain() {
    Ticket ticket = world.tickets.open(owner, wishes.any());
    ticket.isSingle = true;
    long[] a = ticket.wish().arguments;
    long result = kernel().syscall(ticket.wish().nr, a[0], a[1], a[2], a[3], a[4], a[5]);
    world.tickets.answered(ticket, result, NOT_MADE);
  }

  // ---- the single form

  /** One call, to any target, perhaps with a frame or flags. */
  Ticket single() {
    return submit(wishes.any());
  }

  private Ticket submit(Wish wish) {
    Ticket ticket = world.tickets.open(owner, wish);
    ticket.isSingle = true;
    wish.put(registers.address());
    aim(ticket, params.address());
    if (random.nextInt(6) == 0) {
      frame(ticket);
    }
    int kind = random.nextInt(10);
    int flags = kind == 0 ? Syslet.NONBLOCK : kind == 1 ? Syslet.ATOMIC : 0;
    return settle(ticket, kernel().indirect(registers, params, flags));
  }

  private Ticket settle(Ticket ticket, long result) {
    if (result == PENDING) {
      world.tickets.pending(ticket);
    } else {
      world.tickets.answered(ticket, result, ticket.hasFrame ? FRAME_REFUSALS : REFUSALS);
    }
    return ticket;
  }

  private void aim(Ticket ticket, long to) {
    int kind = random.nextInt(8);
    if (kind == 0) {
      ticket.word = CompletionWord.wrap(world.memory(CompletionWord.LENGTH));
      Params.put(to, ticket.word.address(), ticket.first);
      Memory.putInt(to + Params.TARGET, Syslet.TARGET_WORD);
    } else if (kind == 1) {
      Params.put(to, 0, ticket.first);
      Memory.putInt(to + Params.TARGET, Syslet.TARGET_NONE);
    } else {
      aimAtRing(ticket, to);
    }
  }

  private void aimAtRing(Ticket ticket, long to) {
    ticket.ring = random.nextInt(world.rings.size());
    CompletionRing ring = world.rings.get(ticket.ring);
    Params.put(to, ring.address(), ticket.first);
  }

  /** A function of the call's own, on one of few stacks. */
  private void frame(Ticket ticket) {
    ticket.hasFrame = true;
    long time = world.small(16);
    Memory.putLong(time + 8, random.nextInt(100_000));
    long ip =
        kernel()
            .frame(
                sp -> {
                  ticket.framesEntered++;
                  kernel().syscall(Nr.NANOSLEEP, time, 0, 0);
                });
    Memory.putLong(params.address() + Params.FRAME_IP, ip);
    Memory.putLong(params.address() + Params.FRAME_SP, 1 + random.nextInt(8));
  }

  // ---- the batch

  /** Several calls in slots, until all were made or one was refused. */
  void batch() {
    int count = 1 + random.nextInt(MOST);
    Ticket[] tickets = new Ticket[count];
    for (int i = 0; i < count; i++) {
      tickets[i] = world.tickets.open(owner, wishes.any());
      aim(tickets[i], slots.params(i));
      tickets[i].wish().put(slots, i, tickets[i].first);
    }
    int flags = random.nextInt(6) == 0 ? random.nextInt(4) : 0;
    for (int first = 0; first < count; ) {
      int accepted = kernel().indirect(slots, first, count - first, flags);
      if (accepted < 0) {
        world.tickets.answered(tickets[first++], accepted, REFUSALS);
      } else {
        int end = first + accepted;
        if (accepted == 0 || end > count) {
          world.blame("of a batch of %d, %d were accepted".formatted(count - first, accepted));
          return;
        }
        for (; first < end; first++) {
          settle(tickets[first], slots.status(first));
        }
      }
    }
  }

  // ---- programs

  /** A few atoms, one after the other, which may stop early. */
  void program() {
    int count = 1 + random.nextInt(4);
    Wish[] wanted = new Wish[count];
    for (int i = 0; i < count; i++) {
      wanted[i] = wishes.any();
    }
    Ticket ticket = world.tickets.open(owner, wanted);
    Atoms atoms = Atoms.wrap(world.memory((long) Atoms.LENGTH * count), count);
    ticket.atoms = atoms;
    for (int i = 0; i < count; i++) {
      long data = ticket.first + i;
      if (i == 0) {
        aimAtRing(ticket, atoms.slots().params(0));
      }
      long[] a = wanted[i].arguments;
      atoms.set(i, data, wanted[i].nr, a[0], a[1], a[2], a[3], a[4], a[5]);
      Memory.putLong(atoms.atom(i) + CallSlots.STATUS, Tickets.UNTOUCHED);
      atoms.then(i, flags(ticket), i == count - 1 ? Atoms.END : i + 1, 0);
    }
    ticket.isNonBlocking = random.nextInt(8) == 0;
    int flags = ticket.isNonBlocking ? Syslet.NONBLOCK : 0;
    settleProgram(ticket, kernel().exec(atoms, 0, count, flags));
  }

  private int flags(Ticket ticket) {
    int flags = random.nextInt(3) == 0 ? Atoms.STOP_ON_NEGATIVE : 0;
    if (random.nextInt(12) == 0) {
      ticket.maySayNothing = true;
      flags |= Atoms.NO_COMPLETE;
    }
    return flags;
  }

  private void settleProgram(Ticket ticket, long result) {
    if (result == PENDING) {
      world.tickets.pending(ticket);
      return;
    }
    boolean plausible =
        (result >= 0 && result < ticket.wishes.length)
            || result == -Errno.EAGAIN
            || ((result == -Errno.EINTR || result == -Errno.ESHUTDOWN)
                && (world.signals || world.isClosing()));
    if (!plausible) {
      world.blame(ticket + ": exec returned " + result);
    }
    world.tickets.notMade(ticket);
  }

  // ---- descriptors

  /** Makes a descriptor, which stays open for a while. */
  void makeDescriptor() {
    Ticket ticket = world.tickets.open(owner, wishes.open());
    long[] a = ticket.wish().arguments;
    world.maybeMade++;
    long fd = kernel().syscall(ticket.wish().nr, a[0], a[1], a[2], a[3], a[4], a[5]);
    world.maybeMade--;
    world.tickets.answered(ticket, fd, NOT_MADE);
    if (fd >= 0) {
      world.made.add((int) fd);
    }
  }

  /** Closes one of those that somebody has made. */
  void closeDescriptor() {
    if (world.made.isEmpty()) {
      return;
    }
    close(world.made.remove(random.nextInt(world.made.size())));
  }

  private void close(int fd) {
    world.maybeMade++;
    long closed = owner.call(Nr.CLOSE, fd, 0);
    world.maybeMade--;
    if (closed != 0 && !world.isClosing() && !world.signals) {
      world.blame("close " + fd + ": " + closed);
    }
  }

  /** A pipe that is closed while calls wait at it: they find its end. */
  void pipeOfItsOwn() {
    long fds = world.small(8);
    world.maybeMade += 2;
    long made = owner.call(Nr.PIPE2, fds, 0);
    if (made != 0) {
      world.maybeMade -= 2;
      return;
    }
    Source pipe = new Source(Source.Kind.PIPE, Memory.getInt(fds), Memory.getInt(fds + 4));
    boolean write = random.nextBoolean();
    for (int i = random.nextInt(3); i >= 0; i--) {
      submit(write ? overflow(pipe) : underflow(pipe));
    }
    pipe.isClosed = true;
    int first = random.nextBoolean() ? pipe.in : pipe.out;
    close(first);
    world.maybeMade--;
    close(pipe.in + pipe.out - first);
    world.maybeMade--;
  }

  private Wish underflow(Source pipe) {
    return Wish.waiting(
        "read of an end", Nr.READ, Wait.READ, pipe, 0, 10, new int[0], pipe.in, world.junk, 10);
  }

  private Wish overflow(Source pipe) {
    return Wish.waiting(
        "write to an end",
        Nr.WRITE,
        Wait.WRITE,
        pipe,
        1,
        World.ZONE,
        new int[] {Errno.EPIPE},
        pipe.out,
        world.zone,
        World.ZONE);
  }
}
