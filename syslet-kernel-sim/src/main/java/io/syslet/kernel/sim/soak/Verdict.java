package io.syslet.kernel.sim.soak;

import io.syslet.Nr;
import io.syslet.kernel.sim.SimCensus;
import io.syslet.kernel.sim.soak.Source.Kind;
import io.syslet.ring.CompletionRing;
import java.util.ArrayList;
import java.util.List;

/** What must hold when all has come to its end. */
final class Verdict {
  private final World world;
  private boolean looked;

  Verdict(World world) {
    this.world = world;
  }

  /** Before the kernel is closed: what programs have left behind. */
  void open() {
    calls();
    counts();
    descriptors();
    world.sources.forEach(this::bytes);
  }

  /** Each call has what it was promised; asked for twice, it is looked at once. */
  private void calls() {
    world.tickets.drain();
    if (!looked) {
      looked = true;
      world.tickets.check();
    }
  }

  private void counts() {
    long pending = world.kernel.stats().pending();
    long known = world.tickets.countPending();
    if (pending < known || pending > known + world.tickets.countUnknown()) {
      world.blame(
          "%d calls were handed over, %d of which their callers know".formatted(pending, known));
    }
    SimCensus census = world.kernel.census();
    if (census.workers() != census.spares() || census.stacks() != 0) {
      world.blame("left behind: " + census);
    }
  }

  private void descriptors() {
    int known = world.ownDescriptors().size() + world.made.size();
    int open = world.process.openDescriptors();
    int most = world.signals ? known + 2 * world.maybeMade : known;
    if (open > most || (open < known && !world.signals)) {
      world.blame("%d descriptors are open, not %d".formatted(open, known));
    }
    int closed = new Strays(world).close();
    if (world.process.openDescriptors() != open - closed) {
      world.blame("descriptors are counted wrongly");
    }
  }

  /** Of each pipe: what went in has come out, and when the writers are gone there is an end. */
  private void bytes(Source pipe) {
    if (pipe.kind != Kind.PIPE) {
      return;
    }
    expect(0, world.call(Nr.CLOSE, pipe.out), "close of " + pipe);
    long rest = 0;
    long more;
    do {
      more = world.call(Nr.READ, pipe.in, world.junk, World.ZONE);
      rest += Math.max(more, 0);
    } while (more > 0);
    expect(0, more, "the end of " + pipe);
    if (!pipe.isUncertain && pipe.written != pipe.read + rest) {
      world.blame(
          "%s: %d bytes went in, %d and at last %d came out"
              .formatted(pipe, pipe.written, pipe.read, rest));
    }
    expect(0, world.call(Nr.CLOSE, pipe.in), "close of " + pipe);
  }

  private void expect(long wanted, long result, String what) {
    if (result != wanted) {
      world.blame(what + ": " + result);
    }
  }

  /** After the kernel was closed: completions, reservations, workers. */
  void closed() {
    calls();
    for (int i = 0; i < world.rings.size(); i++) {
      reservations(i, world.rings.get(i));
    }
    SimCensus census = world.kernel.census();
    if (census.tasks() != 0 || census.workers() != 0) {
      world.blame("after the end: " + census);
    }
    if (world.kernel.stats().inFlight() != 0) {
      world.blame("after the end " + world.kernel.stats().inFlight() + " calls are in flight");
    }
  }

  /** All slots of a ring can be had. */
  private void reservations(int number, CompletionRing ring) {
    List<Integer> had = new ArrayList<>();
    for (int entry = ring.producer().reserve(); entry >= 0; entry = ring.producer().reserve()) {
      had.add(entry);
    }
    had.forEach(ring.producer()::release);
    if (had.size() != ring.elements()) {
      world.blame(
          "ring %d: of %d slots only %d can be had".formatted(number, ring.elements(), had.size()));
    }
  }
}
