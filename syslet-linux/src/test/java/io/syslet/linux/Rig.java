package io.syslet.linux;

import io.syslet.CallSlots;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Params;
import io.syslet.Program;
import io.syslet.Registers;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.Memory;
import java.lang.foreign.MemorySegment;

/** What a test of the entry needs in user memory: a ring, one call, and a pipe. */
final class Rig {
  final Kernel kernel;
  final CompletionRing ring;
  final MemorySegment registers;
  final MemorySegment params;
  final long buffer;
  final int in;
  final int out;

  Rig(Kernel kernel) {
    this(kernel, 8);
  }

  Rig(Kernel kernel, int elements) {
    this.kernel = kernel;
    ring = CompletionRing.allocate(kernel.arena(), elements, 1);
    registers = kernel.arena().allocate(Registers.LENGTH, 8);
    params = kernel.arena().allocate(Params.LENGTH, 8);
    buffer = kernel.arena().allocate(8192, 64).address();
    Params.put(params.address(), ring.address(), 0);
    long fds = kernel.arena().allocate(8, 8).address();
    long made = kernel.syscall(Nr.PIPE2, fds, 0, 0);
    if (made != 0) {
      throw new IllegalStateException("pipe2: " + made);
    }
    in = Memory.getInt(fds);
    out = Memory.getInt(fds + 4);
  }

  /** Runs a program on a kernel of its own, with the default options. */
  static void run(Program program) throws Exception {
    run(LinuxOptions.defaults(), program);
  }

  static void run(LinuxOptions options, Program program) throws Exception {
    try (LinuxKernel kernel = LinuxKernel.boot(options)) {
      kernel.run(program);
    }
  }

  /** A call through the single form of the entry, completing to the ring. */
  long call(long callerData, long nr, long a0, long a1, long a2) {
    return call(callerData, 0, nr, a0, a1, a2);
  }

  long call(long callerData, int flags, long nr, long a0, long a1, long a2) {
    Registers.put(registers.address(), nr, a0, a1, a2, 0, 0, 0);
    Memory.putLong(params.address() + Params.CALLER_DATA, callerData);
    return kernel.indirect(registers, params, flags);
  }

  /** Reads one byte of the pipe through the entry. */
  long read(long callerData) {
    return call(callerData, Nr.READ, in, buffer, 1);
  }

  /** Puts bytes into the pipe, plainly. */
  void feed(int bytes) {
    long written = kernel.syscall(Nr.WRITE, out, buffer, bytes);
    if (written != bytes) {
      throw new IllegalStateException("write: " + written);
    }
  }

  /** Waits for the next completion: its status. */
  long await() {
    long waited = kernel.ringWait(ring, ring.tail());
    return waited != 0 ? waited : ring.statusAt(ring.tail());
  }

  /** Consumes the next completion: its caller data. */
  long consume() {
    long callerData = ring.callerDataAt(ring.tail());
    ring.advanceTo(ring.tail() + 1);
    return callerData;
  }

  /** The status of a call that may or may not have blocked. */
  long settled(long result) {
    if (result != -io.syslet.Syslet.ESYSLETPENDING) {
      return result;
    }
    long status = await();
    long _ = consume();
    return status;
  }

  CallSlots slots(int capacity) {
    return CallSlots.allocate(kernel.arena(), capacity, ring);
  }

  void close() {
    kernel.syscall(Nr.CLOSE, in, 0, 0);
    kernel.syscall(Nr.CLOSE, out, 0, 0);
  }
}
