package io.syslet;

import io.syslet.ring.CompletionRing;
import io.syslet.ring.CompletionWord;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.stream.IntStream;

/** The host's kernel, plain calls only, so that the flyweights can be tried on what it writes. */
final class HostKernel implements Kernel {
  private static final MemoryLayout STATE = Linker.Option.captureStateLayout();

  private final Arena arena = Arena.ofAuto();
  private final MemorySegment state = arena.allocate(STATE);
  private final MethodHandle syscall = link();

  @SuppressWarnings("restricted")
  private static MethodHandle link() {
    MemoryLayout[] longs =
        IntStream.range(0, 7).mapToObj(i -> ValueLayout.JAVA_LONG).toArray(MemoryLayout[]::new);
    return Linker.nativeLinker()
        .downcallHandle(
            Linker.nativeLinker().defaultLookup().findOrThrow("syscall"),
            FunctionDescriptor.of(ValueLayout.JAVA_LONG, longs),
            Linker.Option.firstVariadicArg(1),
            Linker.Option.captureCallState("errno"));
  }

  @Override
  public long syscall(long nr, long a0, long a1, long a2, long a3, long a4, long a5) {
    try {
      long result = (long) syscall.invokeExact(state, nr, a0, a1, a2, a3, a4, a5);
      return result == -1 ? -state.get(ValueLayout.JAVA_INT, 0) : result;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public Arena arena() {
    return arena;
  }

  @Override
  public long indirect(MemorySegment registers, MemorySegment params, int flags) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int indirect(CallSlots slots, int first, int count, int flags) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long ringWait(CompletionRing ring, long userIndex) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long ringWait(CompletionRing ring, long userIndex, int min, long timeoutNanos) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long wordWait(CompletionWord word, long timeoutNanos) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Task start(Program program) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long frame(Frame function) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int maxWorkers(int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int processors() {
    return 1;
  }

  @Override
  public KernelStats stats() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
