package io.syslet.ring;

import static io.syslet.ring.EntryDescriptor.ARMED;
import static io.syslet.ring.EntryDescriptor.HELD;
import static io.syslet.ring.EntryDescriptor.IDLE;
import static io.syslet.ring.EntryDescriptor.NOT_HELD;
import static io.syslet.ring.EntryDescriptor.RETURNED;
import static io.syslet.ring.RingErrno.EAGAIN;
import static io.syslet.ring.RingErrno.EINVAL;

/**
 * Taking and giving back reservations.
 *
 * <p>A ring of n slots has n entries, and an entry is a token: without one nothing can be
 * completed, and it is pinned by its completion until the consumer has taken that. So live calls
 * and unread completions are never more than n, and no slot is ever overwritten. No counter is
 * needed for this:
 *
 * <pre>
 *          reserve: user_tail &gt; p                    complete
 *   DONE at p  ------------------------&gt;  HELD  ----------------&gt;  DONE at q   (q &gt; p)
 *                                         |  ^
 *                                 release v  | reserve
 *                                       RETURNED
 * </pre>
 *
 * Which entry is at p? The mark of p says so. So the free entries are those at the positions from
 * {@code reserve_cursor} to {@code user_tail}, and a reservation is one CAS, on the entry's own
 * word, that takes the token and names its owner in one step: there is no instant at which a killed
 * process leaves a token that belongs to nobody.
 *
 * <pre>
 *   R1                                   R2                            entry word
 *   cursor = c; mark: (c, entry 7)                                     DONE at c
 *                                        cursor = c; mark: (c, 7)
 *   CAS DONE at c -&gt; HELD                                              HELD, from c
 *                                        CAS fails; goes on to c + 1
 *   cursor := c + 1
 *                                        takes c + 1; cursor := c + 2
 *   (a late store of the cursor only makes others walk a little)
 * </pre>
 *
 * <i>Lowest first.</i> The cursor passes c only when the entry at c has been taken, and only if c
 * is published. Hence (1) every entry below the cursor is taken, (2) when position q is claimed,
 * the entry of q − n was taken before, so overwriting that mark loses nothing, and (3) a forged
 * user_tail can make us overwrite what its owner has not read, but never take an entry twice.
 *
 * <p><i>Lapped.</i> A stale cursor finds a mark of a later lap, P = c + k·n. All positions up to P
 * − n have then been published and their entries taken (2), so the walk goes on at P − n + 1.
 */
final class Reservations {
  private static final int TAIL_TRIES = 64;
  private final RingMemory memory;
  private final int owner;

  Reservations(RingMemory memory, int owner) {
    this.memory = memory;
    this.owner = owner;
  }

  int reserve() {
    int position = memory.reserveCursor();
    while (memory.tailCache() - position > 0 || refreshTail(position)) {
      long mark = memory.mark(position);
      if (MarkDescriptor.isPublishedAt(mark, position)) {
        int entry = MarkDescriptor.entry(mark);
        if (take(entry, position)) {
          return entry;
        }
        position++;
      } else if (isAhead(mark, position)) {
        return -EINVAL;
      } else {
        position = afterLap(mark);
      }
    }
    return reserveElsewhere(position);
  }

  private boolean take(int entry, int position) {
    long word = memory.word(entry);
    if (!EntryDescriptor.isDoneAt(word, position)) {
      return false;
    }
    ProtocolStep.at(ProtocolStep.RESERVE_FOUND);
    if (!memory.casWord(entry, word, EntryDescriptor.word(position, HELD, owner))) {
      return false;
    }
    ProtocolStep.at(ProtocolStep.RESERVE_TAKEN);
    memory.reserveCursor(position + 1);
    memory.state(entry, IDLE);
    ProtocolStep.at(ProtocolStep.RESERVED);
    return true;
  }

  /** The position is not published: an honest tail never gets there. */
  private boolean isAhead(long mark, int position) {
    int at = MarkDescriptor.position(mark);
    return at == position - memory.elements || at == position;
  }

  private int afterLap(long mark) {
    return MarkDescriptor.position(mark) - memory.elements + 1;
  }

  /** Returns whether the position is below a user_tail that makes sense. */
  private boolean refreshTail(int position) {
    for (int tries = TAIL_TRIES; tries > 0; tries--) {
      int tail = memory.tail();
      if (isSound(tail)) {
        memory.tailCache(tail);
        return tail - position > 0;
      }
      if (memory.tail() == tail) {
        return false;
      }
    }
    return false;
  }

  private boolean isSound(int tail) {
    return Integer.compareUnsigned(memory.head() - tail, memory.elements) <= 0;
  }

  /** Nothing free at the cursor: a stale cursor, an entry that was given back, or an error. */
  private int reserveElsewhere(int position) {
    int tail = memory.tail();
    if (!isSound(tail) && memory.tail() == tail) {
      return -EINVAL;
    }
    long mark = memory.mark(position);
    if (MarkDescriptor.position(mark) != position && !isAhead(mark, position)) {
      memory.reserveCursor(afterLap(mark));
      return reserve();
    }
    return takeReturned();
  }

  private int takeReturned() {
    int hint = memory.returned();
    while (hint != 0) {
      int entry = findReturned(hint - 1);
      if (entry >= 0) {
        return entry;
      }
      if (memory.casReturned(hint, 0) && (entry = findReturned(hint - 1)) >= 0) {
        memory.casReturned(0, hint);
        return entry;
      }
      hint = memory.returned();
    }
    return -EAGAIN;
  }

  private int findReturned(int from) {
    for (int i = 0; i < memory.elements; i++) {
      int entry = (from + i) & (memory.elements - 1);
      if (takeReturned(entry)) {
        return entry;
      }
    }
    return -EAGAIN;
  }

  private boolean takeReturned(int entry) {
    long word = memory.word(entry);
    if (EntryDescriptor.phase(word) != RETURNED) {
      return false;
    }
    long held = EntryDescriptor.word(EntryDescriptor.position(word), HELD, owner);
    if (!memory.casWord(entry, word, held)) {
      return false;
    }
    memory.state(entry, IDLE);
    return true;
  }

  /** What every holder believes of what it has. */
  private boolean isMine(int entry) {
    long word = memory.word(entry);
    return EntryDescriptor.phase(word) == HELD
        && EntryDescriptor.owner(word) == owner
        && memory.state(entry) != NOT_HELD;
  }

  void arm(int entry, long callerData) {
    assert isMine(entry) : "armed, and not held: " + entry;
    memory.entryCallerData(entry, callerData);
    ProtocolStep.at(ProtocolStep.ARM_DATA);
    memory.stateRelease(entry, ARMED);
    ProtocolStep.at(ProtocolStep.ARMED);
  }

  void disarm(int entry) {
    assert isMine(entry) : "disarmed, and not held: " + entry;
    memory.stateRelease(entry, IDLE);
  }

  void release(int entry) {
    long word = memory.word(entry);
    if (EntryDescriptor.phase(word) != HELD || memory.state(entry) == NOT_HELD) {
      return;
    }
    memory.state(entry, NOT_HELD);
    ProtocolStep.at(ProtocolStep.RELEASE_IDLE);
    memory.word(entry, EntryDescriptor.word(EntryDescriptor.position(word), RETURNED, 0));
    ProtocolStep.at(ProtocolStep.RETURNED);
    noteReturned(entry);
  }

  /**
   * The CAS follows the store of the word, and whoever clears the hint looks at the words again.
   */
  void noteReturned(int entry) {
    int hint = memory.returned();
    while (!memory.casReturned(hint, entry + 1)) {
      hint = memory.returned();
    }
  }
}
