package io.syslet.kernel.sim.soak;

import io.syslet.Atoms;
import io.syslet.ring.CompletionWord;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a submission: a call, or a program of several, of which one completion at most
 * comes, with the caller data of one of them.
 */
final class Ticket {
  /** No ring: the target is a word, or nobody. */
  static final int NO_RING = -1;

  /** What the submitter has been told. */
  enum State {
    /** Nothing yet; if it was killed, never. */
    STARTED,
    /** It will be completed. */
    PENDING,
    /** It has ended, or was not made. */
    ANSWERED
  }

  final long first;
  final Wish[] wishes;
  final SoakTask owner;
  State state = State.STARTED;

  /** The ring that it completes to. */
  int ring = NO_RING;

  @Nullable CompletionWord word;
  @Nullable Atoms atoms;

  /** Whether the submitter can be in the middle of nothing else. */
  boolean isSingle;

  /** Whether it may end without a completion. */
  boolean maySayNothing;

  /** Whether its calls answer −EAGAIN rather than sleep. */
  boolean isNonBlocking;

  boolean hasFrame;
  int framesEntered;
  int completions;

  /** How many caller data it has. */
  Ticket(long first, Wish[] wishes, SoakTask owner) {
    this.first = first;
    this.wishes = wishes;
    this.owner = owner;
  }

  Wish wish() {
    return wishes[0];
  }

  /** Whether the completion is there. */
  boolean isDone() {
    CompletionWord own = word;
    return completions > 0 || (own != null && own.isDone());
  }

  @Override
  public String toString() {
    return "call %d (%s, %s, %s)"
        .formatted(
            first,
            atoms == null ? wishes[0] : Arrays.toString(wishes),
            ring != NO_RING ? "ring " + ring : word != null ? "a word" : "no target",
            state);
  }
}
