package io.syslet.threads;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** usleep(3), which puts a carrier to sleep where the JDK cannot see it. */
final class NativeSleep {
  private static final MethodHandle USLEEP = usleep();

  private NativeSleep() {}

  @SuppressWarnings("restricted")
  private static MethodHandle usleep() {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow("usleep"),
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
  }

  /** Sleeps so many microseconds. */
  static void micros(int micros) {
    try {
      int _ = (int) USLEEP.invokeExact(micros);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
