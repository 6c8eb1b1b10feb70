package io.syslet.kernel.contract;

import io.syslet.Atoms;
import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Registers;
import io.syslet.ring.Memory;
import java.util.SplittableRandom;

/**
 * A program of atoms at random, and what comes of it: the same rules, written down a second time
 * over arrays. Places that hold a u64 have numbers: the words, and behind them the second argument
 * of each atom, which a program may change as well.
 */
final class ModelProgram {
  static final int WORDS = 4;

  /** Bytes that are put into the pipe when a read has found none. */
  static final int FEED = 300;

  private static final int NOWHERE = -1;
  private static final int OUTSIDE = -2;

  private enum Call {
    ADD,
    SEEK,
    READ,
    WRITE
  }

  private final int size;
  private final Call[] calls;
  private final int[] targets;
  private final int[] fetched;
  private final int[] flags;
  private final int[] nexts;
  private final int[] results;
  private final long[] places;

  /** The status of each atom. */
  final long[] statuses;

  /** Bytes in the pipe. */
  int pipe;

  /** Whether a read has found none. */
  boolean blocked;

  /** The last atom, or the one that could not be run. */
  int last;

  /** The status of the last atom, or why the program ended early. */
  long status;

  /** Whether it ended early. */
  boolean failed;

  ModelProgram(SplittableRandom random) {
    size = 1 + random.nextInt(8);
    calls = new Call[size];
    targets = new int[size];
    fetched = new int[size];
    flags = new int[size];
    nexts = new int[size];
    results = new int[size];
    places = new long[WORDS + size];
    statuses = new long[size];
    pipe = random.nextInt(8);
    for (int i = 0; i < WORDS; i++) {
      places[i] = random.nextInt(-3, 4);
    }
    for (int i = 0; i < size; i++) {
      choose(i, random);
    }
    for (int i = 0; i < size; i++) {
      connect(i, random);
    }
  }

  private void choose(int i, SplittableRandom random) {
    Call[] all = Call.values();
    calls[i] = all[random.nextInt(random.nextInt(4) == 0 ? all.length : 2)];
    targets[i] = random.nextInt(WORDS);
    boolean fetches = isOfNumbers(i) && random.nextBoolean();
    fetched[i] = fetches ? 0 : NOWHERE;
    places[WORDS + i] = isOfNumbers(i) ? random.nextInt(-2, 3) : 1 + random.nextInt(5);
  }

  private boolean isOfNumbers(int i) {
    return calls[i] == Call.ADD || calls[i] == Call.SEEK;
  }

  private void connect(int i, SplittableRandom random) {
    fetched[i] = fetched[i] == NOWHERE ? NOWHERE : place(random);
    results[i] = random.nextInt(3) == 0 ? place(random) : NOWHERE;
    flags[i] = random.nextInt(32) << 3;
    if (i == size - 1) {
      flags[i] &= ~Atoms.SKIP_TO_NEXT_ON_STOP;
    }
    nexts[i] = random.nextInt(20) == 0 ? size + 3 : random.nextInt(-1, size);
  }

  /** A word, an argument that may be any number, or, now and then, an address of nothing. */
  private int place(SplittableRandom random) {
    int atom = random.nextInt(size);
    boolean any = isOfNumbers(atom) && fetched[atom] == NOWHERE;
    if (random.nextInt(40) == 0) {
      return OUTSIDE;
    }
    return any && random.nextInt(3) == 0 ? WORDS + atom : random.nextInt(WORDS);
  }

  int size() {
    return size;
  }

  long word(int i) {
    return places[i];
  }

  // ---- what it comes to

  void run(int steps) {
    int i = 0;
    for (int left = steps; i != Atoms.END; left--) {
      if (left == 0) {
        fail(-Errno.ETIME);
        return;
      }
      last = i;
      if (nexts[i] >= size) {
        fail(-Errno.EINVAL);
        return;
      }
      if (results[i] == OUTSIDE || fetched[i] == OUTSIDE) {
        fail(-Errno.EFAULT);
        return;
      }
      i = step(i);
    }
  }

  private void fail(long errno) {
    status = errno;
    failed = true;
  }

  private int step(int i) {
    status = call(i, places[fetched[i] == NOWHERE ? WORDS + i : fetched[i]]);
    statuses[i] = status;
    if (results[i] != NOWHERE) {
      places[results[i]] = status;
    }
    if (!stops(flags[i])) {
      return nexts[i];
    }
    return (flags[i] & Atoms.SKIP_TO_NEXT_ON_STOP) != 0 ? i + 1 : Atoms.END;
  }

  private long call(int i, long value) {
    return switch (calls[i]) {
      case ADD -> places[targets[i]] += value;
      case SEEK -> value < 0 ? -Errno.EINVAL : value;
      case READ -> read((int) value);
      case WRITE -> write((int) value);
    };
  }

  private long read(int count) {
    if (pipe == 0) {
      blocked = true;
      pipe = FEED;
    }
    int read = Math.min(pipe, count);
    pipe -= read;
    return read;
  }

  private long write(int count) {
    pipe += count;
    return count;
  }

  private boolean stops(int flag) {
    return switch (Long.signum(status)) {
      case 0 -> (flag & (Atoms.STOP_ON_ZERO | Atoms.STOP_ON_NON_POSITIVE)) != 0;
      case 1 -> (flag & Atoms.STOP_ON_NONZERO) != 0;
      default ->
          (flag & (Atoms.STOP_ON_NONZERO | Atoms.STOP_ON_NEGATIVE | Atoms.STOP_ON_NON_POSITIVE))
              != 0;
    };
  }

  // ---- the same for a kernel

  /** The program in user memory; its calls use the pipe of a rig, and a file to seek in. */
  Atoms write(Rig rig, long file) {
    Atoms atoms = Atoms.allocate(rig.kernel.arena(), size, 8L * WORDS, rig.ring);
    for (int i = 0; i < WORDS; i++) {
      Memory.putLong(atoms.data() + 8L * i, places[i]);
    }
    for (int i = 0; i < size; i++) {
      write(atoms, i, rig, file);
    }
    return atoms;
  }

  private void write(Atoms atoms, int i, Rig rig, long file) {
    long value = places[WORDS + i];
    switch (calls[i]) {
      case ADD -> atoms.set(i, i, Nr.UMEM_ADD, address(atoms, targets[i]), value, 0, 0, 0, 0);
      case SEEK -> atoms.set(i, i, Nr.LSEEK, file, value, 0, 0, 0, 0);
      case READ -> atoms.set(i, i, Nr.READ, rig.in, rig.buffer, value, 0, 0, 0);
      case WRITE -> atoms.set(i, i, Nr.WRITE, rig.out, rig.buffer, value, 0, 0, 0);
    }
    atoms.then(i, flags[i], nexts[i], results[i] == NOWHERE ? 0 : address(atoms, results[i]));
    if (fetched[i] != NOWHERE) {
      atoms.fetch(i, 1, address(atoms, fetched[i]));
    }
  }

  private static long address(Atoms atoms, int place) {
    if (place == OUTSIDE) {
      return atoms.data() + 8L * WORDS;
    }
    return place < WORDS
        ? atoms.data() + 8L * place
        : atoms.atom(place - WORDS) + Registers.argument(1);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("pipe " + pipe + "\n");
    for (int i = 0; i < size; i++) {
      text.append(
          "%d: %s word %d, %d, fetched %d, flags %x, next %d, result %d%n"
              .formatted(
                  i,
                  calls[i],
                  targets[i],
                  places[WORDS + i],
                  fetched[i],
                  flags[i],
                  nexts[i],
                  results[i]));
    }
    return text.toString();
  }
}
