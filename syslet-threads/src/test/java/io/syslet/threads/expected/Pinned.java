package io.syslet.threads.expected;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Runs something above a frame of native code, where no virtual thread can leave its carrier. */
final class Pinned {
  private static final Linker LINKER = Linker.nativeLinker();

  private Pinned() {}

  /** Runs it as the comparator of qsort(3). */
  @SuppressWarnings("restricted")
  static void run(Runnable body) throws Exception {
    try (Arena arena = Arena.ofShared()) {
      MethodHandle compare =
          MethodHandles.dropArguments(
              MethodHandles.lookup()
                  .findStatic(
                      Pinned.class, "compare", MethodType.methodType(int.class, Runnable.class))
                  .bindTo(body),
              0,
              MemorySegment.class,
              MemorySegment.class);
      MemorySegment function =
          LINKER.upcallStub(
              compare,
              FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS),
              arena);
      sort().invokeExact(arena.allocate(2), 2L, 1L, function);
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  @SuppressWarnings("restricted")
  private static MethodHandle sort() {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow("qsort"),
        FunctionDescriptor.ofVoid(
            ValueLayout.ADDRESS,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG,
            ValueLayout.ADDRESS));
  }

  @SuppressWarnings("unused") // by a method handle
  private static int compare(Runnable body) {
    body.run();
    return 0;
  }
}
