package io.syslet.ring;

import static io.syslet.ring.EntryDescriptor.DONE;
import static io.syslet.ring.EntryDescriptor.NOT_HELD;
import static io.syslet.ring.RingErrno.EINVAL;

/**
 * Putting a completion into the ring.
 *
 * <p>Calls end in any order, so a position is given out at the end of a call, not at its start. The
 * claim is a CAS on the mark of the position, from the published mark of the lap before to
 * (position, claimed, entry): it says who writes there, and is the only way to a slot.
 *
 * <pre>
 *   the owner of an entry                                     when it is killed here, a recoverer
 *   caller_data in the entry
 *   CAS mark[p]: (p − n, published, x) -&gt; (p, claimed, e)     completes e at a position of its own
 *   status, caller_data into the slot                         finds the mark, writes the slot, ...
 *   entry word := DONE at p                                   finds the mark, ...
 *   mark[p] := (p, published, e)                              finds the mark, ...
 *   head moves, waiters are woken                             moves the head, wakes
 * </pre>
 *
 * <i>No holes.</i> {@code claim_cursor} is stored as p + 1 after p was claimed, and a claimer
 * passes a position only when its mark says that it is claimed; so all positions below any value
 * the cursor ever has are claimed. A late store makes others walk, no more.
 *
 * <p><i>The claim always finds room.</i> Let q be the first position not claimed. If the mark of q
 * − n were not published, no entry at q − n + 1 … q − 1 could have been taken again (a reserver
 * does not pass an unpublished position), so all n entries would be at q − n … q − 1, and the
 * claimer would have none. This uses nothing that the user can write.
 *
 * <p><i>The slot was read.</i> The claimer of p may have held its entry for a long time and never
 * seen the tail pass p − n. But among the n claims before p some entry was used twice, at u and v
 * with p − n ≤ u &lt; v, and who took it at u had read user_tail &gt; u; the claims are a chain of
 * acquires and releases from v to p.
 */
final class Publication {
  private final RingMemory memory;
  private final HeadMover mover;
  private final int owner;

  Publication(RingMemory memory, HeadMover mover, int owner) {
    this.memory = memory;
    this.mover = mover;
    this.owner = owner;
  }

  int complete(int entry, long status, long callerData) {
    if (!isHeld(entry)) {
      return -EINVAL;
    }
    memory.entryCallerData(entry, callerData);
    publish(entry, status, callerData);
    return 0;
  }

  int complete(int entry, long status) {
    if (!isHeld(entry)) {
      return -EINVAL;
    }
    publish(entry, status, memory.entryCallerData(entry));
    return 0;
  }

  private boolean isHeld(int entry) {
    return Integer.compareUnsigned(entry, memory.elements) < 0 && memory.state(entry) != NOT_HELD;
  }

  private void publish(int entry, long status, long callerData) {
    ProtocolStep.at(ProtocolStep.COMPLETE_ENTERED);
    int position = claim(entry);
    ProtocolStep.at(ProtocolStep.CLAIMED);
    fill(entry, position, status, callerData);
  }

  /** Writes and publishes a position that is claimed for the entry. */
  void fill(int entry, int position, long status, long callerData) {
    assert memory.mark(position) == MarkDescriptor.claimed(position, entry) : "not ours to write";
    memory.completion(position, status, callerData);
    ProtocolStep.at(ProtocolStep.WRITTEN);
    memory.state(entry, NOT_HELD);
    memory.word(entry, EntryDescriptor.word(position, DONE, owner));
    ProtocolStep.at(ProtocolStep.ENTRY_DONE);
    memory.mark(position, MarkDescriptor.published(position, entry));
    ProtocolStep.at(ProtocolStep.PUBLISHED);
    mover.published(position);
  }

  private int claim(int entry) {
    int position = memory.claimCursor();
    for (; ; ) {
      long mark = memory.mark(position);
      int at = MarkDescriptor.position(mark);
      if (at != position - memory.elements) {
        position = at + 1;
      } else if (memory.casMark(position, mark, MarkDescriptor.claimed(position, entry))) {
        memory.claimCursor(position + 1);
        return position;
      }
    }
  }
}
