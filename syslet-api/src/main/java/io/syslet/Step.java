package io.syslet;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A call of a {@link Chain}, and what comes after it: the step that was added next, unless the
 * methods here say otherwise. A step stands for its call's value, too, where a later one takes a
 * descriptor or a number from it.
 */
public final class Step {
  final long nr;
  final long[] arguments;
  final @Nullable Step[] fetched;
  private final Chain chain;
  private int stop;
  private @Nullable Label onStop;
  private @Nullable Label next;
  private int atom;

  Step(Chain chain, long nr, long... arguments) {
    this.chain = chain;
    this.nr = nr;
    this.arguments = arguments;
    this.fetched = new Step[arguments.length];
  }

  /** Ends the program if the call says −errno. */
  public Step stopOnError() {
    return stop(Atoms.STOP_ON_NEGATIVE, null);
  }

  /** Ends the program if the call says 0 or −errno, as a read does at the end of a file. */
  public Step stopOnNonPositive() {
    return stop(Atoms.STOP_ON_NON_POSITIVE, null);
  }

  /** Ends the program if the call says 0. */
  public Step stopOnZero() {
    return stop(Atoms.STOP_ON_ZERO, null);
  }

  /** Ends the program unless the call says 0. */
  public Step stopOnNonZero() {
    return stop(Atoms.STOP_ON_NONZERO, null);
  }

  /** Goes on at a label if the call says −errno. */
  public Step onError(Label label) {
    return stop(Atoms.STOP_ON_NEGATIVE, label);
  }

  /** Goes on at a label if the call says 0 or −errno, as a read does at the end of a file. */
  public Step onNonPositive(Label label) {
    return stop(Atoms.STOP_ON_NON_POSITIVE, label);
  }

  /** Goes on at a label if the call says 0. */
  public Step onZero(Label label) {
    return stop(Atoms.STOP_ON_ZERO, label);
  }

  /** Goes on at a label unless the call says 0. */
  public Step onNonZero(Label label) {
    return stop(Atoms.STOP_ON_NONZERO, label);
  }

  /** Goes on at a label, if nothing above applies, and not with the step that was added next. */
  public Step goTo(Label label) {
    chain.change();
    next = chain.own(label);
    return this;
  }

  private Step stop(int flag, @Nullable Label label) {
    chain.change();
    stop = flag;
    onStop = label == null ? null : chain.own(label);
    return this;
  }

  /**
   * What the call said when it was made last.
   *
   * @return its value or −errno; −ECANCELED if the last run did not come to it; of a {@link
   *     Chain#sum} the sum so far.
   * @throws IllegalStateException before the first run.
   */
  public long status() {
    return chain.atoms().status(atom);
  }

  /** Takes argument {@code n} from an earlier step of the same chain. */
  Step fetch(int n, Step from) {
    fetched[n] = chain.own(from);
    return this;
  }

  // ---- as atoms

  /** How many atoms the step becomes: a second one goes where a stop goes on elsewhere. */
  int place(int first) {
    atom = first;
    return goesElsewhere() ? 2 : 1;
  }

  private boolean goesElsewhere() {
    return onStop != null && onStop.step() != Chain.END;
  }

  int atom() {
    return atom;
  }

  void write(Atoms atoms, int following) {
    long own = atoms.atom(atom) + CallSlots.STATUS;
    long[] a = Arrays.copyOf(arguments, 6);
    if (nr == Nr.UMEM_ADD) {
      a[0] = own;
    }
    atoms.set(atom, 0, nr, a[0], a[1], a[2], a[3], a[4], a[5]);
    for (int i = 0; i < fetched.length; i++) {
      Step from = fetched[i];
      if (from != null) {
        atoms.fetch(atom, i, atoms.atom(from.atom) + CallSlots.STATUS);
      }
    }
    int flags = goesElsewhere() ? stop | Atoms.SKIP_TO_NEXT_ON_STOP : stop;
    atoms.then(atom, flags, next == null ? following : chain.atomAt(next), 0);
    if (goesElsewhere()) {
      long unused = atoms.atom(atom + 1) + CallSlots.STATUS;
      atoms.set(atom + 1, 0, Nr.UMEM_ADD, unused, 0, 0, 0, 0, 0);
      atoms.then(atom + 1, 0, chain.atomAt(Objects.requireNonNull(onStop)), 0);
    }
  }

  // ---- step by step

  long argument(int i) {
    Step from = i < fetched.length ? fetched[i] : null;
    if (from != null) {
      return from.status();
    }
    return i < arguments.length ? arguments[i] : 0;
  }

  /** The index of the step after this one, if its call says so. */
  int after(long status, int following) {
    boolean stops =
        switch (stop) {
          case Atoms.STOP_ON_NEGATIVE -> status < 0;
          case Atoms.STOP_ON_NON_POSITIVE -> status <= 0;
          case Atoms.STOP_ON_ZERO -> status == 0;
          case Atoms.STOP_ON_NONZERO -> status != 0;
          default -> false;
        };
    if (stops) {
      return onStop == null ? Chain.END : onStop.step();
    }
    return next == null ? following : next.step();
  }
}
