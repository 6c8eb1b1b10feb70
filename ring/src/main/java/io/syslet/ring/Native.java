package io.syslet.ring;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The few C functions that shared rings and eventfds need.
 *
 * <p>Linked when this class is first used, which the in-process path never does: linking costs tens
 * of milliseconds at the start of a small program.
 */
@SuppressWarnings("restricted")
final class Native {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle SYSCALL = variadic("syscall", 1, 7);
  private static final MethodHandle OPEN =
      link(
          "open",
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
  private static final MethodHandle CLOSE =
      link("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
  private static final MethodHandle LSEEK =
      link(
          "lseek",
          FunctionDescriptor.of(
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_INT));
  private static final MethodHandle FCNTL =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("fcntl"),
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_LONG),
          Linker.Option.firstVariadicArg(2));

  private static final MethodHandle ABS =
      link("abs", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  private static final int O_RDWR = 2;
  private static final int O_CLOEXEC = 0x80000;
  private static final int SEEK_END = 2;

  private Native() {}

  private static MethodHandle link(String name, FunctionDescriptor type) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type);
  }

  private static MethodHandle variadic(String name, int fixed, int arguments) {
    MemoryLayout[] types = new MemoryLayout[arguments];
    java.util.Arrays.fill(types, ValueLayout.JAVA_LONG);
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(ValueLayout.JAVA_LONG, types),
        Linker.Option.firstVariadicArg(fixed));
  }

  static long syscall(long nr, long a0, long a1, long a2, long a3, long a4) {
    return syscall(nr, a0, a1, a2, a3, a4, 0);
  }

  static long syscall(long nr, long a0, long a1, long a2, long a3, long a4, long a5) {
    try {
      return (long) SYSCALL.invokeExact(nr, a0, a1, a2, a3, a4, a5);
    } catch (InternalError e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  static int open(String path) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(path);
      return (int) OPEN.invokeExact(name, O_RDWR | O_CLOEXEC);
    } catch (InternalError e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  static void close(int fd) {
    try {
      int ignored = (int) CLOSE.invokeExact(fd);
    } catch (InternalError e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** The size of an open file, or −1. Moves the file's position, which nobody uses. */
  static long size(int fd) {
    try {
      return (long) LSEEK.invokeExact(fd, 0L, SEEK_END);
    } catch (InternalError e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /**
   * A call of nothing: the way back into Java is where HotSpot raises the fault of a mapped page
   * that is gone.
   */
  static void poll() {
    try {
      int ignored = (int) ABS.invokeExact(0);
    } catch (InternalError e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  static int fcntl(int fd, int command, long argument) {
    try {
      return (int) FCNTL.invokeExact(fd, command, argument);
    } catch (InternalError e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }
}
