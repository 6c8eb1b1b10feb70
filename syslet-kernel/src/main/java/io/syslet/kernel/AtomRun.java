package io.syslet.kernel;

import io.syslet.Atoms;
import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Params;
import io.syslet.Registers;
import io.syslet.Syslet;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A program of atoms under way: finds the next call, and stores what the last one returned. Who
 * makes the calls takes them from {@link #call}, a copy, so that what is made is what was checked.
 *
 * <p>It is part of a submission, and goes with it: as long as nothing blocks it is the task's, and
 * from then on that of the worker which stays behind. Used by one thread at a time.
 */
final class AtomRun {
  private final MemorySegment copy =
      Arena.ofAuto().allocate(CallSlots.LENGTH + NonBlocking.ROOM, CallSlots.LENGTH);

  /** The slot of the call to make. */
  final long call = copy.address();

  private @Nullable Atoms atoms;
  private long base;
  private long lastWord;
  private int capacity;
  private @Nullable SysletTask task;
  private boolean nonBlocking;
  private int steps;
  private int at;
  private int flags;
  private int next;
  private long result;
  private long status;
  private int error;
  private boolean hasCall;
  private boolean silent;

  /** Whether the call of a program is under way, or to be made. */
  boolean hasCall() {
    return hasCall;
  }

  /** Whether there is a program. */
  boolean isRunning() {
    return atoms != null;
  }

  /** Takes up a program: whether there is a call to make. */
  boolean begin(Atoms program, int first, int limit, boolean inForm, SysletTask by) {
    atoms = program;
    base = program.memory().address();
    lastWord = base + program.memory().byteSize() - Long.BYTES;
    capacity = program.capacity();
    task = by;
    nonBlocking = inForm;
    steps = limit;
    silent = false;
    hasCall = reach(first);
    return hasCall;
  }

  /** The call has ended: whether there is another to make. */
  boolean next(long ended) {
    hasCall = reach(store(ended));
    return hasCall;
  }

  /** The call has ended, and the program with it: if not by itself, then with an errno. */
  void cut(long ended, int errno) {
    error = store(ended) == Atoms.END ? 0 : -errno;
    silent = error == 0 && (flags & Atoms.NO_COMPLETE) != 0;
    hasCall = false;
  }

  /** Forgets the program. */
  void end() {
    atoms = null;
    task = null;
    silent = false;
  }

  /** What {@code exec} returns for a program that has ended. */
  long outcome() {
    return error != 0 ? error : at;
  }

  /** The status of the program's completion. */
  long status() {
    return error != 0 ? error : status;
  }

  /** The caller data of the atom that was last. */
  long callerData() {
    return Memory.getLong(call + CallSlots.PARAMS + Params.CALLER_DATA);
  }

  /** Whether the program has ended where nobody is to be told of it. */
  boolean isSilent() {
    return silent;
  }

  /** Goes on with an atom, up to one that has a call to be made: whether there is one. */
  private boolean reach(int atom) {
    for (int i = atom; i != Atoms.END; i = store(own())) {
      error = steps > 0 ? load(i) : -Errno.ETIME;
      if (error != 0) {
        return false;
      }
      steps--;
      at = i;
      if (!isOwn()) {
        return true;
      }
    }
    silent = (flags & Atoms.NO_COMPLETE) != 0;
    return false;
  }

  // ---- before a call

  /** Reads an atom: 0, or why it cannot be run. */
  private int load(int i) {
    Memory.copy(base + (long) i * Atoms.LENGTH, call, Atoms.LENGTH);
    flags = Memory.getInt(call + Atoms.FLAGS);
    next = Memory.getInt(call + Atoms.NEXT) - 1;
    result = Memory.getLong(call + Atoms.RESULT);
    boolean known = (flags & ~Atoms.ALL_FLAGS) == 0;
    if (!known || !hasTime() || !isAtom(next) || !isAtom(skips() ? i + 1 : Atoms.END)) {
      return -Errno.EINVAL;
    }
    int stored = result == 0 ? 0 : word(result);
    return stored != 0 ? stored : fetch();
  }

  /** Whether the deadline is 0 or counts. */
  private boolean hasTime() {
    return Memory.getLong(call + Atoms.DEADLINE) == 0
        || (Memory.getInt(call + CallSlots.PARAMS + Params.TARGET) & Syslet.TIMED) != 0;
  }

  private boolean isAtom(int i) {
    return i >= Atoms.END && i < capacity;
  }

  private boolean skips() {
    return (flags & Atoms.SKIP_TO_NEXT_ON_STOP) != 0;
  }

  /** Whether the program may use the aligned u64 at an address: 0 or −errno. */
  private int word(long address) {
    if (!isMine(address)) {
      return -Errno.EFAULT;
    }
    return (address & 7) == 0 ? 0 : -Errno.EINVAL;
  }

  private boolean isMine(long address) {
    return address >= base && address <= lastWord;
  }

  private int fetch() {
    for (int left = flags >>> Atoms.FETCH_SHIFT; left != 0; left &= left - 1) {
      long argument = call + Registers.argument(Integer.numberOfTrailingZeros(left));
      long address = Memory.getLong(argument);
      if (!isMine(address)) {
        return -Errno.EFAULT;
      }
      Memory.putLong(argument, Memory.getLong(address));
    }
    return permit();
  }

  private int permit() {
    if ((int) Memory.getLong(call) == (int) Nr.UMEM_ADD) {
      return word(argument(0));
    }
    if (task().refuses(Memory.getLong(call), call)) {
      return -Errno.EINVAL;
    }
    int flagged = FileFlags.apply(call);
    boolean needsForm = flagged == 0 && nonBlocking && !isOwn();
    return needsForm ? task().withoutSleep(call, call + CallSlots.LENGTH) : flagged;
  }

  private SysletTask task() {
    return Objects.requireNonNull(task);
  }

  private long argument(int i) {
    return Memory.getLong(call + Registers.argument(i));
  }

  // ---- calls that are answered here

  private boolean isOwn() {
    int nr = (int) Memory.getLong(call);
    return nr == (int) Nr.UMEM_ADD || nr == Nr.GETTID;
  }

  private long own() {
    return (int) Memory.getLong(call) == Nr.GETTID ? task().id() : add(argument(0), argument(1));
  }

  private static long add(long address, long increment) {
    long old;
    do {
      old = Memory.getLongAcquire(address);
    } while (!Memory.compareAndSetLong(address, old, old + increment));
    return old + increment;
  }

  // ---- after a call

  /** Stores the status: the atom to go on with, or none. */
  private int store(long ended) {
    status = ended;
    Memory.putLong(base + (long) at * Atoms.LENGTH + CallSlots.STATUS, ended);
    if (result != 0) {
      Memory.putLong(result, ended);
    }
    if (stops(ended)) {
      return skips() ? at + 1 : Atoms.END;
    }
    return next;
  }

  private boolean stops(long ended) {
    return ((flags & Atoms.STOP_ON_NONZERO) != 0 && ended != 0)
        || ((flags & Atoms.STOP_ON_ZERO) != 0 && ended == 0)
        || ((flags & Atoms.STOP_ON_NEGATIVE) != 0 && ended < 0)
        || ((flags & Atoms.STOP_ON_NON_POSITIVE) != 0 && ended <= 0);
  }
}
