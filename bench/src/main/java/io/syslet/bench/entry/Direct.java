package io.syslet.bench.entry;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.syslet.Nr;
import io.syslet.bench.Host;
import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;

/** Direct foreign calls of the C library: what a program without syslets would do. */
final class Direct {
  private static final MethodHandle LSTAT =
      Host.function("lstat", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));
  private static final MethodHandle PREAD =
      Host.function(
          "pread", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG));
  private static final MethodHandle GETPPID =
      Host.function("getppid", FunctionDescriptor.of(JAVA_INT));

  private Direct() {}

  static Subject of(Work work) {
    if (work.nr() == Nr.NEWFSTATAT) {
      return calls -> lstat(work, calls);
    }
    return work.nr() == Nr.PREAD64 ? calls -> pread(work, calls) : Direct::getppid;
  }

  private static long lstat(Work work, int calls) {
    long sum = 0;
    try {
      for (int i = 0; i < calls; i++) {
        sum += (int) LSTAT.invokeExact(work.a1(), work.a2());
      }
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
    return sum;
  }

  private static long pread(Work work, int calls) {
    long sum = 0;
    try {
      for (int i = 0; i < calls; i++) {
        sum += (long) PREAD.invokeExact((int) work.a0(), work.a1(), work.a2(), work.a3());
      }
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
    return sum;
  }

  private static long getppid(int calls) {
    long sum = 0;
    try {
      for (int i = 0; i < calls; i++) {
        sum += (int) GETPPID.invokeExact();
      }
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
    return sum;
  }
}
