package io.syslet.kernel.contract;

import io.syslet.Atoms;
import io.syslet.CallSlots;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Params;
import io.syslet.Prep;
import io.syslet.Registers;
import io.syslet.Syslet;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.CompletionWord;
import io.syslet.ring.Memory;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;

/**
 * What a test of the entry needs in user memory: a ring, one call, and a pipe, whose empty end is
 * where calls block until they are told. For one task.
 */
public class Rig {
  /** Far more than a call takes to be got out of its sleep. */
  public static final long PATIENCE_NANOS = 60_000_000_000L;

  /** Bytes at {@link #buffer}. */
  public static final int BUFFER = 8192;

  private static final int GROUP = 1;

  public final Kernel kernel;
  public final CompletionRing ring;
  public final MemorySegment registers;
  public final MemorySegment params;
  public final long buffer;
  public final int in;
  public final int out;

  public Rig(Kernel kernel) {
    this(kernel, 8);
  }

  public Rig(Kernel kernel, int elements) {
    this(kernel, CompletionRing.allocate(kernel.arena(), elements, GROUP));
  }

  public Rig(Kernel kernel, CompletionRing ring) {
    this.kernel = kernel;
    this.ring = ring;
    registers = kernel.arena().allocate(Registers.LENGTH, 8);
    params = kernel.arena().allocate(Params.LENGTH, 8);
    buffer = kernel.arena().allocate(BUFFER, 64).address();
    Params.put(params.address(), ring.address(), 0);
    long fds = kernel.arena().allocate(8, 8).address();
    must(0, kernel.syscall(Nr.PIPE2, fds, 0, 0), "pipe2");
    in = Memory.getInt(fds);
    out = Memory.getInt(fds + 4);
  }

  private static void must(long expected, long result, String call) {
    if (result != expected) {
      throw new IllegalStateException(call + ": " + result);
    }
  }

  /** Further calls of the single form complete to a word. */
  public void completeTo(CompletionWord word) {
    completeToWord(word.address());
  }

  /** Further calls of the single form complete to a word at an address, whatever is there. */
  public void completeToWord(long address) {
    Params.put(params.address(), address, 0);
    Memory.putInt(params.address() + Params.TARGET, Syslet.TARGET_WORD);
  }

  /**
   * A program with caller data 1 and 2: reads a byte of the pipe, and adds 1 to the first word of
   * its data, whatever the read has said.
   */
  public Atoms readThenAdd() {
    Atoms atoms = Atoms.allocate(kernel.arena(), 2, 64, ring);
    Prep.read(atoms.slots(), 0, 1, in, buffer, 1);
    atoms.then(0, 0, 1, 0);
    Prep.umemAdd(atoms.slots(), 1, 2, atoms.data(), 1);
    return atoms;
  }

  /** A call through the single form of the entry, completing to the ring. */
  public long call(long callerData, long nr, long a0, long a1, long a2) {
    return call(callerData, 0, nr, a0, a1, a2);
  }

  public long call(long callerData, int flags, long nr, long a0, long a1, long a2) {
    Registers.put(registers.address(), nr, a0, a1, a2, 0, 0, 0);
    Memory.putLong(params.address() + Params.CALLER_DATA, callerData);
    try {
      return kernel.indirect(registers, params, flags);
    } finally {
      Reference.reachabilityFence(ring);
    }
  }

  /** Reads one byte of the pipe through the entry. */
  public long read(long callerData) {
    return call(callerData, Nr.READ, in, buffer, 1);
  }

  /** Puts bytes into the pipe, plainly. */
  public void feed(int bytes) {
    must(bytes, kernel.syscall(Nr.WRITE, out, buffer, bytes), "write");
  }

  /** Takes bytes out of the pipe, plainly. */
  public void take(int bytes) {
    must(bytes, kernel.syscall(Nr.READ, in, buffer, bytes), "read");
  }

  /** Waits for the next completion: its status. */
  public long await() {
    long waited = kernel.ringWait(ring, ring.tail());
    return waited != 0 ? waited : ring.statusAt(ring.tail());
  }

  /** Consumes the next completion: its caller data. */
  public long consume() {
    long callerData = ring.callerDataAt(ring.tail());
    ring.advanceTo(ring.tail() + 1);
    return callerData;
  }

  /** Takes back a call that completes to the ring, with the time that a busy machine needs. */
  public int cancel(long callerData) {
    return kernel.cancel(ring.address(), callerData, PATIENCE_NANOS);
  }

  /** The status of a call that may or may not have blocked. */
  public long settled(long result) {
    if (result != -Syslet.ESYSLETPENDING) {
      return result;
    }
    long status = await();
    long _ = consume();
    return status;
  }

  /** Slots that complete to the ring. */
  public CallSlots slots(int capacity) {
    return CallSlots.allocate(kernel.arena(), capacity, ring);
  }

  /** Sleeps for some microseconds, plainly. */
  public void nap(long micros) {
    must(0, kernel.syscall(Nr.NANOSLEEP, timespec(micros), 0, 0), "nanosleep");
  }

  /** Writes a struct timespec to the end of the buffer: its address. */
  public long timespec(long micros) {
    long at = buffer + BUFFER - 16;
    Memory.putLong(at, micros / 1_000_000);
    Memory.putLong(at + 8, micros % 1_000_000 * 1000);
    return at;
  }

  public void close() {
    kernel.syscall(Nr.CLOSE, in, 0, 0);
    kernel.syscall(Nr.CLOSE, out, 0, 0);
  }
}
