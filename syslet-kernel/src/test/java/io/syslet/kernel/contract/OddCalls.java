package io.syslet.kernel.contract;

import io.syslet.Nr;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * A call whose own result is −132, which only few drivers return: a seccomp filter makes an odd
 * getrandom do so, in all threads of this JVM. Needs root or CAP_SYS_ADMIN. Source: seccomp(2).
 */
final class OddCalls {
  /** Flags of the getrandom that is odd. */
  static final int FLAGS = 0xff;

  private static final long SECCOMP =
      System.getProperty("os.arch", "").equals("aarch64") ? 277 : 317;
  private static final long SECCOMP_SET_MODE_FILTER = 1;
  private static final long TSYNC = 1;
  private static final boolean FILTERED = set();

  private OddCalls() {}

  /** Whether the filter is set. */
  static boolean filter() {
    return FILTERED;
  }

  /** if (nr == getrandom and its flags are 0xff) return ERRNO(132); else ALLOW. */
  private static boolean set() {
    try (Arena arena = Arena.ofConfined()) {
      long[] program = {
        bpf(0x20, 0, 0, 0),
        bpf(0x15, 0, 3, (int) Nr.GETRANDOM),
        bpf(0x20, 0, 0, 32),
        bpf(0x15, 0, 1, FLAGS),
        bpf(0x06, 0, 0, 0x00050000 | 132),
        bpf(0x06, 0, 0, 0x7fff0000)
      };
      MemorySegment fprog = arena.allocate(16, 8);
      fprog.set(ValueLayout.JAVA_LONG, 0, program.length);
      fprog.set(
          ValueLayout.JAVA_LONG, 8, arena.allocateFrom(ValueLayout.JAVA_LONG, program).address());
      long result =
          (long) syscall().invokeExact(SECCOMP, SECCOMP_SET_MODE_FILTER, TSYNC, fprog.address());
      return result == 0;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  @SuppressWarnings("restricted")
  private static MethodHandle syscall() {
    ValueLayout.OfLong word = ValueLayout.JAVA_LONG;
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow("syscall"),
        FunctionDescriptor.of(word, word, word, word, word),
        Linker.Option.firstVariadicArg(1));
  }

  private static long bpf(int code, int ifTrue, int ifFalse, int k) {
    return code | (long) ifTrue << 16 | (long) ifFalse << 24 | (long) k << 32;
  }
}
