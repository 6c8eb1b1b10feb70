package io.syslet.ring;

import static io.syslet.ring.EntryDescriptor.ARMED;
import static io.syslet.ring.EntryDescriptor.HELD;
import static io.syslet.ring.EntryDescriptor.IDLE;
import static io.syslet.ring.EntryDescriptor.RETURNED;
import static io.syslet.ring.RingErrno.EOWNERDEAD;

/**
 * Finishing what a dead participant has begun.
 *
 * <p>Whoever holds a dead one's byte walks all entries. An entry of the dead one is first taken
 * over by a CAS on its word, so that if the recoverer dies as well, the entry is found under the
 * recoverer's own number by the next one.
 *
 * <pre>
 *   word           mark            state    the dead one was              what is done
 *   HELD           -               not      reserving, or idle            given back
 *                                  armed
 *   HELD           -               ARMED    in a call                     completed, −EOWNERDEAD
 *   HELD           (q, claimed)    any      writing the completion        written anew, −EOWNERDEAD
 *   DONE at q      (q, claimed)    -        about to publish it           published as written
 *   DONE at q      (q, published)  -        about to move the head        head moved, waiters woken
 *   RETURNED       -               -        about to tell                 told
 * </pre>
 *
 * The dead one's words and claimed marks stand still, so one walk sees them all.
 */
final class Recovery {
  private final RingMemory memory;
  private final Reservations reservations;
  private final Publication publication;
  private final HeadMover mover;
  private final int owner;

  Recovery(
      RingMemory memory,
      Reservations reservations,
      Publication publication,
      HeadMover mover,
      int owner) {
    this.memory = memory;
    this.reservations = reservations;
    this.publication = publication;
    this.mover = mover;
    this.owner = owner;
  }

  /** Takes over everything of a slot whose byte we hold; returns how many calls were completed. */
  int takeOver(int slot) {
    int[] claims = claims();
    int completed = 0;
    for (int entry = 0; entry < memory.elements; entry++) {
      completed += takeOver(entry, slot, claims[entry]);
    }
    mover.move(memory.headVolatile());
    return completed;
  }

  /** Of each entry: the slot of its claimed mark, or −1. */
  private int[] claims() {
    int[] claims = new int[memory.elements];
    java.util.Arrays.fill(claims, -1);
    for (int slot = 0; slot < memory.elements; slot++) {
      long mark = memory.markVolatile(slot);
      int entry = MarkDescriptor.entry(mark);
      if (!MarkDescriptor.isPublished(mark) && entry < memory.elements) {
        claims[entry] = slot;
      }
    }
    return claims;
  }

  private int takeOver(int entry, int slot, int claim) {
    long word = memory.word(entry);
    if (EntryDescriptor.phase(word) == RETURNED) {
      reservations.noteReturned(entry);
      return 0;
    }
    if (EntryDescriptor.owner(word) != slot) {
      return 0;
    }
    int position = EntryDescriptor.position(word);
    long ours = EntryDescriptor.word(position, EntryDescriptor.phase(word), owner);
    if (EntryDescriptor.phase(word) == HELD) {
      return memory.casWord(entry, word, ours) ? finishHeld(entry, claim) : 0;
    }
    return claim < 0 ? 0 : finishDone(entry, position, word, ours);
  }

  private int finishHeld(int entry, int claim) {
    ProtocolStep.at(ProtocolStep.RECOVERY_TAKEN);
    if (claim >= 0) {
      int position = MarkDescriptor.position(memory.markVolatile(claim));
      publication.fill(entry, position, -EOWNERDEAD, memory.entryCallerData(entry));
      return 1;
    }
    if (memory.state(entry) == ARMED) {
      publication.complete(entry, -EOWNERDEAD);
      return 1;
    }
    memory.state(entry, IDLE);
    reservations.release(entry);
    return 0;
  }

  private int finishDone(int entry, int position, long word, long ours) {
    boolean half = memory.markVolatile(position) == MarkDescriptor.claimed(position, entry);
    if (!half || !memory.casWord(entry, word, ours)) {
      return 0;
    }
    ProtocolStep.at(ProtocolStep.RECOVERY_TAKEN);
    memory.mark(position, MarkDescriptor.published(position, entry));
    mover.published(position);
    return 1;
  }
}
