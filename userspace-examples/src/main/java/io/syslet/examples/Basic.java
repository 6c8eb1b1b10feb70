package io.syslet.examples;

import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Params;
import io.syslet.Program;
import io.syslet.Registers;
import io.syslet.Sys;
import io.syslet.Syslet;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.Memory;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/**
 * One call, one ring: a read from an empty pipe blocks, so the program goes on without it; a read
 * from a full one is like any other.
 */
public final class Basic implements Program {
  private static final int LENGTH = 16;
  private static final long CALLER_DATA = 42;

  private final OutputStream out;

  /** Will print what happens, a line each. */
  public Basic(OutputStream out) {
    this.out = out;
  }

  /**
   * Runs to the end.
   *
   * @throws UncheckedIOException if a line could not be written, or a call failed.
   */
  @Override
  public void run(Kernel kernel) {
    Arena arena = kernel.arena();
    long pipe = arena.allocate(2 * Integer.BYTES, Integer.BYTES).address();
    result("pipe2", Sys.pipe2(kernel, pipe, Sys.O_CLOEXEC));
    int reader = Memory.getInt(pipe);
    int writer = Memory.getInt(pipe + Integer.BYTES);
    MemorySegment text = arena.allocateFrom("hello");

    CompletionRing ring = CompletionRing.allocate(arena, 8, 0);
    MemorySegment registers = arena.allocate(Registers.LENGTH, Long.BYTES);
    MemorySegment params = arena.allocate(Params.LENGTH, Long.BYTES);
    long buffer = arena.allocate(LENGTH).address();
    Registers.put(registers.address(), Nr.READ, reader, buffer, LENGTH, 0, 0, 0);
    Params.put(params.address(), ring.address(), CALLER_DATA);

    say("read, the pipe empty: " + name(kernel.indirect(registers, params, 0)));
    result("write", Sys.write(kernel, writer, text.address(), text.byteSize()));
    result("ring_wait", kernel.ringWait(ring, ring.tail()));
    ring.drain((status, data) -> say("completion " + data + ": " + name(status)), 1);

    result("write", Sys.write(kernel, writer, text.address(), text.byteSize()));
    say("read, the pipe full: " + name(kernel.indirect(registers, params, 0)));
    Sys.close(kernel, reader);
    Sys.close(kernel, writer);
  }

  /** Of a call that must not fail. */
  private void result(String call, long status) {
    say(call + ": " + name(status));
    if (status < 0) {
      throw new UncheckedIOException(new IOException(call + ": " + Errno.text((int) -status)));
    }
  }

  private void say(String line) {
    try {
      out.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(long status) {
    if (status == -Syslet.ESYSLETPENDING) {
      return "-ESYSLETPENDING";
    }
    return status < 0 ? "-" + Errno.name((int) -status) : Long.toString(status);
  }
}
