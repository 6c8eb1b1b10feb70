package io.syslet.linux;

import io.syslet.Nr;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;

/** A pipe of the kernel's, read in native code: whoever reads sleeps where no JVM can see it. */
final class NativePipe implements AutoCloseable {
  private final Arena arena = Arena.ofShared();
  private final long memory = arena.allocate(16, 8).address();
  private final int in;
  private final int out;

  NativePipe() {
    if (Native.syscall(Nr.PIPE2, memory, 0, 0, 0, 0, 0) < 0) {
      throw new IllegalStateException("no pipe");
    }
    in = Memory.getInt(memory);
    out = Memory.getInt(memory + 4);
  }

  /** Sleeps until a byte is fed. */
  void await() {
    if (Native.syscall(Nr.READ, in, memory + 8, 1, 0, 0, 0) != 1) {
      throw new IllegalStateException("no byte");
    }
  }

  /** Lets so many sleepers go on. */
  void feed(int bytes) {
    for (int i = 0; i < bytes; i++) {
      Native.syscall(Nr.WRITE, out, memory + 9, 1, 0, 0, 0);
    }
  }

  @Override
  public void close() {
    Native.syscall(Nr.CLOSE, in, 0, 0, 0, 0, 0);
    Native.syscall(Nr.CLOSE, out, 0, 0, 0, 0, 0);
    arena.close();
  }
}
