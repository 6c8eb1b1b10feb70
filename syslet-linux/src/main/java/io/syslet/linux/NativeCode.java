package io.syslet.linux;

import io.syslet.ring.Memory;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;

/**
 * Loads the native stub ({@code src/main/c/stub.c}) into one page, mapped writable, filled, and
 * then made executable and read-only; it is never both.
 *
 * <p>All foreign functions of the port have one signature, eight longs to a long, which serves mmap
 * and mprotect as well (integer arguments are passed in whole registers by both ABIs): linking a
 * signature is the greater part of what a first foreign call costs.
 */
final class NativeCode {
  private static final int PAGE = 4096;
  private static final long PROT_READ = 1;
  private static final long PROT_WRITE = 2;
  private static final long PROT_EXEC = 4;
  private static final long MAP_PRIVATE_ANONYMOUS = 0x22;

  private NativeCode() {}

  /** Maps the stub and returns its entry as a method handle. */
  @SuppressWarnings("restricted")
  static MethodHandle load() {
    Linker linker = Linker.nativeLinker();
    FunctionDescriptor longs = longs();
    try {
      long page =
          (long)
              linker
                  .downcallHandle(function(linker, "mmap"), longs)
                  .invokeExact(
                      0L,
                      (long) PAGE,
                      PROT_READ | PROT_WRITE,
                      MAP_PRIVATE_ANONYMOUS,
                      -1L,
                      0L,
                      0L,
                      0L);
      fill(page, StubCode.of(machine()));
      long failed =
          (long)
              linker
                  .downcallHandle(function(linker, "mprotect"), longs)
                  .invokeExact(page, (long) PAGE, PROT_READ | PROT_EXEC, 0L, 0L, 0L, 0L, 0L);
      if ((int) failed != 0) {
        throw new UnsupportedOperationException("executable pages are refused here (mprotect)");
      }
      return linker.downcallHandle(MemorySegment.ofAddress(page), longs);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static FunctionDescriptor longs() {
    ValueLayout.OfLong j = ValueLayout.JAVA_LONG;
    return FunctionDescriptor.of(j, j, j, j, j, j, j, j, j);
  }

  private static MemorySegment function(Linker linker, String name) {
    return linker.defaultLookup().findOrThrow(name);
  }

  private static void fill(long page, byte[] code) {
    if (page == -1) {
      throw new UnsupportedOperationException("no memory for the native stub (mmap)");
    }
    for (int i = 0; i < code.length; i++) {
      Memory.putByte(page + i, code[i]);
    }
  }

  private static String machine() {
    String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    return arch.equals("amd64") ? "x86_64" : arch;
  }
}
