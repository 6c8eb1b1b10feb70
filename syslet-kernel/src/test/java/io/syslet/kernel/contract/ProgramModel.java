package io.syslet.kernel.contract;

import io.syslet.Atoms;
import io.syslet.Errno;
import io.syslet.kernel.contract.ProgramPlan.Atom;

/** What comes of a program: the rules of {@code exec}, written down a second time over arrays. */
final class ProgramModel {
  /** Bytes that are put into the pipe when a read has found none. */
  static final int FEED = 100;

  private final ProgramPlan plan;
  private final long[] places;

  /** The status of each atom. */
  final long[] statuses;

  /** Bytes that are left in the pipe. */
  int pipe;

  /** Whether a read has found none. */
  boolean blocked;

  /** The last atom, or the one that could not be run. */
  int last;

  /** The status of the last atom, or why the program ended early. */
  long status;

  /** Whether it ended early. */
  boolean failed;

  ProgramModel(ProgramPlan plan, int steps) {
    this.plan = plan;
    this.places = plan.places.clone();
    this.statuses = new long[plan.atoms.length];
    this.pipe = plan.pipe;
    run(steps);
  }

  long word(int i) {
    return places[i];
  }

  private void run(int steps) {
    int i = 0;
    for (int left = steps; i != Atoms.END; left--) {
      if (left == 0) {
        fail(-Errno.ETIME);
        return;
      }
      last = i;
      Atom atom = plan.atoms[i];
      if (atom.next() >= plan.atoms.length) {
        fail(-Errno.EINVAL);
        return;
      }
      if (atom.result() == ProgramPlan.OUTSIDE || atom.fetched() == ProgramPlan.OUTSIDE) {
        fail(-Errno.EFAULT);
        return;
      }
      i = step(i, atom);
    }
  }

  private void fail(long errno) {
    status = errno;
    failed = true;
  }

  private int step(int i, Atom atom) {
    int argument = atom.fetched() == ProgramPlan.NOWHERE ? ProgramPlan.WORDS + i : atom.fetched();
    status = call(atom, places[argument]);
    statuses[i] = status;
    if (atom.result() != ProgramPlan.NOWHERE) {
      places[atom.result()] = status;
    }
    if (!stops(atom.flags())) {
      return atom.next();
    }
    return (atom.flags() & Atoms.SKIP_TO_NEXT_ON_STOP) != 0 ? i + 1 : Atoms.END;
  }

  private long call(Atom atom, long value) {
    return switch (atom.call()) {
      case ADD -> places[atom.target()] += value;
      case SEEK -> value < 0 ? -Errno.EINVAL : value;
      case READ -> read();
      case WRITE -> write((int) value);
    };
  }

  private long read() {
    if (pipe == 0) {
      blocked = true;
      pipe = FEED;
    }
    pipe--;
    return 1;
  }

  private long write(int count) {
    pipe += count;
    return count;
  }

  private boolean stops(int flags) {
    int zero = Atoms.STOP_ON_ZERO | Atoms.STOP_ON_NON_POSITIVE;
    int negative = Atoms.STOP_ON_NONZERO | Atoms.STOP_ON_NEGATIVE | Atoms.STOP_ON_NON_POSITIVE;
    return switch (Long.signum(status)) {
      case 0 -> (flags & zero) != 0;
      case 1 -> (flags & Atoms.STOP_ON_NONZERO) != 0;
      default -> (flags & negative) != 0;
    };
  }
}
