package io.syslet.threads;

import java.io.File;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.BitSet;
import java.util.Objects;

/** The CPUs that this process may run on, as {@code taskset --all-tasks} shows and sets them. */
final class Cpus {
  private static final long LENGTH = 128;
  private static final MethodHandle GET = function("sched_getaffinity");
  private static final MethodHandle SET = function("sched_setaffinity");

  private Cpus() {}

  @SuppressWarnings("restricted")
  private static MethodHandle function(String name) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_LONG,
            ValueLayout.ADDRESS));
  }

  private static int call(MethodHandle function, int thread, MemorySegment mask) {
    try {
      return (int) function.invokeExact(thread, LENGTH, mask);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Those of the current thread. */
  static BitSet allowed() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment mask = arena.allocate(LENGTH, Long.BYTES);
      if (call(GET, 0, mask) < 0) {
        throw new IllegalStateException("sched_getaffinity");
      }
      return BitSet.valueOf(mask.asByteBuffer());
    }
  }

  /** Sets those of all threads of this process. */
  static void allow(BitSet cpus) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment mask = arena.allocate(LENGTH, Long.BYTES);
      mask.copyFrom(MemorySegment.ofArray(cpus.toByteArray()));
      for (String thread : Objects.requireNonNull(new File("/proc/self/task").list())) {
        // One that has ended meanwhile is none of ours.
        int _ = call(SET, Integer.parseInt(thread), mask);
      }
    }
  }
}
