package io.syslet.kernel.contract;

import io.syslet.Atoms;
import io.syslet.Nr;
import io.syslet.Registers;
import io.syslet.ring.Memory;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A program of atoms at random. Places that hold a u64 have numbers: the words of the program, and
 * behind them the second argument of each atom, which a program may change as well.
 *
 * <p>Reads are of one byte, so that it does not matter when somebody fills the empty pipe: a
 * program that was handed over need not have come to its end yet.
 */
final class ProgramPlan {
  static final int WORDS = 4;
  static final int NOWHERE = -1;
  static final int OUTSIDE = -2;

  /** What an atom's second argument is: an increment, an offset, or a number of bytes. */
  enum Call {
    ADD,
    SEEK,
    READ,
    WRITE;

    boolean takesAnyNumber() {
      return this == ADD || this == SEEK;
    }
  }

  /**
   * One atom.
   *
   * @param target the word that ADD adds to.
   * @param fetched the place that the second argument is fetched from, or NOWHERE, or OUTSIDE.
   * @param result the place that gets the status, or NOWHERE, or OUTSIDE.
   */
  record Atom(Call call, int target, int fetched, int flags, int next, int result) {}

  final Atom[] atoms;
  final long[] places;
  final int pipe;
  private final boolean[] fetches;
  private final Call[] calls;

  ProgramPlan(SplittableRandom random) {
    int size = 1 + random.nextInt(8);
    atoms = new Atom[size];
    calls = new Call[size];
    fetches = new boolean[size];
    places = new long[WORDS + size];
    pipe = random.nextInt(8);
    for (int i = 0; i < WORDS; i++) {
      places[i] = random.nextInt(-3, 4);
    }
    for (int i = 0; i < size; i++) {
      Call call = call(random);
      calls[i] = call;
      fetches[i] = call.takesAnyNumber() && random.nextBoolean();
      places[WORDS + i] = number(call, random);
    }
    for (int i = 0; i < size; i++) {
      atoms[i] = atom(i, random);
    }
  }

  private static Call call(SplittableRandom random) {
    boolean any = random.nextInt(4) == 0;
    return Call.values()[random.nextInt(any ? 4 : 2)];
  }

  private static int number(Call call, SplittableRandom random) {
    return switch (call) {
      case ADD, SEEK -> random.nextInt(-2, 3);
      case READ -> 1;
      case WRITE -> 1 + random.nextInt(5);
    };
  }

  private Atom atom(int i, SplittableRandom random) {
    boolean isLast = i == atoms.length - 1;
    int flags = random.nextInt(isLast ? 16 : 32) << 3;
    int next = random.nextInt(20) == 0 ? atoms.length + 3 : random.nextInt(-1, atoms.length);
    int fetched = fetches[i] ? place(random) : NOWHERE;
    int result = random.nextInt(3) == 0 ? place(random) : NOWHERE;
    return new Atom(calls[i], random.nextInt(WORDS), fetched, flags, next, result);
  }

  /** A word; an argument that may be any number; or, now and then, an address of nothing. */
  private int place(SplittableRandom random) {
    int atom = random.nextInt(atoms.length);
    if (random.nextInt(40) == 0) {
      return OUTSIDE;
    }
    boolean free = calls[atom].takesAnyNumber() && !fetches[atom];
    return free && random.nextInt(3) == 0 ? WORDS + atom : random.nextInt(WORDS);
  }

  /** The program in user memory; its calls use the pipe of a rig, and a file to seek in. */
  Atoms write(Rig rig, long file) {
    Atoms to = Atoms.allocate(rig.kernel.arena(), atoms.length, 8L * WORDS, rig.ring);
    for (int i = 0; i < WORDS; i++) {
      Memory.putLong(to.data() + 8L * i, places[i]);
    }
    for (int i = 0; i < atoms.length; i++) {
      write(to, i, atoms[i], rig, file);
    }
    return to;
  }

  private void write(Atoms to, int i, Atom atom, Rig rig, long file) {
    long value = places[WORDS + i];
    switch (atom.call) {
      case ADD -> to.set(i, i, Nr.UMEM_ADD, address(to, atom.target), value, 0, 0, 0, 0);
      case SEEK -> to.set(i, i, Nr.LSEEK, file, value, 0, 0, 0, 0);
      case READ -> to.set(i, i, Nr.READ, rig.in, rig.buffer, value, 0, 0, 0);
      case WRITE -> to.set(i, i, Nr.WRITE, rig.out, rig.buffer, value, 0, 0, 0);
    }
    to.then(i, atom.flags, atom.next, atom.result == NOWHERE ? 0 : address(to, atom.result));
    if (atom.fetched != NOWHERE) {
      to.fetch(i, 1, address(to, atom.fetched));
    }
  }

  private static long address(Atoms to, int place) {
    if (place == OUTSIDE) {
      return to.data() + 8L * WORDS;
    }
    return place < WORDS ? to.data() + 8L * place : to.atom(place - WORDS) + Registers.argument(1);
  }

  @Override
  public String toString() {
    return "pipe %d, places %s, atoms %s"
        .formatted(pipe, Arrays.toString(places), Arrays.toString(atoms));
  }
}
