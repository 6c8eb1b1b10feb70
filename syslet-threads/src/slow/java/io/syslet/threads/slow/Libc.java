package io.syslet.threads.slow;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The few functions of the C library that a file system needs: their value, or −1. */
@SuppressWarnings("restricted")
final class Libc {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  private static final MethodHandle OPEN =
      function("open", FunctionDescriptor.of(LONG, ValueLayout.ADDRESS, LONG));
  private static final MethodHandle READ =
      function("read", FunctionDescriptor.of(LONG, LONG, ValueLayout.ADDRESS, LONG));
  private static final MethodHandle WRITE =
      function("write", FunctionDescriptor.of(LONG, LONG, ValueLayout.ADDRESS, LONG));
  private static final MethodHandle MOUNT =
      function(
          "mount",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.ADDRESS,
              ValueLayout.ADDRESS,
              LONG,
              ValueLayout.ADDRESS));
  private static final MethodHandle UNMOUNT =
      function(
          "umount2",
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
  private static final int MNT_DETACH = 2;
  private static final long O_RDWR = 2;

  private Libc() {}

  private static MethodHandle function(String name, FunctionDescriptor type) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type);
  }

  /** open(2) for reading and writing. */
  static long open(String path) {
    try (Arena arena = Arena.ofConfined()) {
      return (int) (long) OPEN.invokeExact(arena.allocateFrom(path), O_RDWR);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** read(2), of at most as many bytes as the buffer has. */
  static long read(long fd, MemorySegment buffer) {
    try {
      return (long) READ.invokeExact(fd, buffer, buffer.byteSize());
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** write(2), of the first bytes of a buffer. */
  static long write(long fd, MemorySegment buffer, long length) {
    try {
      return (long) WRITE.invokeExact(fd, buffer, length);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** mount(2) of a FUSE file system: 0 or −1. */
  static int mountFuse(String folder, String options) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment type = arena.allocateFrom("fuse");
      return (int)
          MOUNT.invokeExact(
              type, arena.allocateFrom(folder), type, 0L, arena.allocateFrom(options));
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** umount2(2), as soon as nobody uses it any more: 0 or −1. */
  static int unmount(String folder) {
    try (Arena arena = Arena.ofConfined()) {
      return (int) UNMOUNT.invokeExact(arena.allocateFrom(folder), MNT_DETACH);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
