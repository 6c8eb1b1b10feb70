package io.syslet.threads;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * {@code NativeSleepProgram MILLIS}: two virtual threads sleep so long in native code, usleep(3).
 */
final class NativeSleepProgram {
  private NativeSleepProgram() {}

  public static void main(String[] args) throws InterruptedException {
    int micros = 1000 * Integer.parseInt(args[0]);
    Thread one = Thread.ofVirtual().name("sleeper").start(() -> nap(micros));
    Thread other = Thread.ofVirtual().name("sleeper").start(() -> nap(micros));
    one.join();
    other.join();
    System.out.println("slept");
  }

  @SuppressWarnings("restricted")
  private static void nap(int micros) {
    Linker linker = Linker.nativeLinker();
    MethodHandle sleep =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("usleep"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    try {
      int _ = (int) sleep.invokeExact(micros);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
