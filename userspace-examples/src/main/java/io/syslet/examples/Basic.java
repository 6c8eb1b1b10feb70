package io.syslet.examples;

import io.syslet.Calls;
import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Program;
import io.syslet.Sys;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One call that blocks and one that does not: a read from an empty pipe goes on without the
 * program; a read from a full one has ended when it has been submitted.
 */
public final class Basic implements Program {
  private final OutputStream out;
  private @Nullable IOException failure;

  /** Will print what happens, a line each. */
  public Basic(OutputStream out) {
    this.out = out;
  }

  /**
   * Runs to the end.
   *
   * @throws UncheckedIOException if a line could not be written.
   * @throws io.syslet.SyscallException if a call failed.
   */
  @Override
  public void run(Kernel kernel) {
    try (Calls calls = Calls.of(kernel)) {
      MemorySegment pipe = calls.allocate(2 * Integer.BYTES);
      calls.pipe2(pipe, Sys.O_CLOEXEC).awaitOrThrow();
      int reader = pipe.getAtIndex(ValueLayout.JAVA_INT, 0);
      int writer = pipe.getAtIndex(ValueLayout.JAVA_INT, 1);
      MemorySegment text = kernel.arena().allocateFrom("hello");
      MemorySegment buffer = calls.allocate(16);

      calls.read(reader, buffer).then(status -> say("read, the pipe empty", status));
      calls.submit();
      say("in flight", calls.inFlight());
      say("write", calls.write(writer, text).awaitOrThrow());
      calls.awaitAll();

      say("write", calls.write(writer, text).awaitOrThrow());
      calls.read(reader, buffer).then(status -> say("read, the pipe full", status));
      calls.submit();
      say("in flight", calls.inFlight());
      calls.close(reader);
      calls.close(writer);
    }
    if (failure != null) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Prints a line; the first failure is told at the end, since a read waits for our write. */
  private void say(String what, long status) {
    try {
      String line = what + ": " + Errno.describe(status) + "\n";
      out.write(line.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      failure = failure == null ? e : failure;
    }
  }
}
