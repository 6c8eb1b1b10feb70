package io.syslet.ring;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The C functions that make, seal and map a file of memory: a value, or −errno. Linked when this
 * class is first used.
 */
@SuppressWarnings("restricted")
final class NativeMemory {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
  private static final MethodHandle CREATE =
      link("memfd_create", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle TRUNCATE =
      link("ftruncate", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));
  private static final MethodHandle MAP =
      link(
          "mmap",
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
  private static final MethodHandle UNMAP =
      link("munmap", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));

  private static final int MFD_CLOEXEC = 1;
  private static final int MFD_ALLOW_SEALING = 2;
  private static final int PROT_READ_WRITE = 3;
  private static final int MAP_SHARED = 1;

  private NativeMemory() {}

  private static MethodHandle link(String name, FunctionDescriptor type) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type, ERRNO);
  }

  /** memfd_create(2): a new file of memory that can be sealed; its descriptor. */
  static int create(String name) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = arena.allocate(JAVA_INT);
      int flags = MFD_CLOEXEC | MFD_ALLOW_SEALING;
      return orErrno((int) CREATE.invokeExact(errno, arena.allocateFrom(name), flags), errno);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** ftruncate(2). */
  static int truncate(int fd, long length) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = arena.allocate(JAVA_INT);
      return orErrno((int) TRUNCATE.invokeExact(errno, fd, length), errno);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** mmap(2), shared, to be read and written: an address. */
  static long map(int fd, long length) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = arena.allocate(JAVA_INT);
      long at = (long) MAP.invokeExact(errno, 0L, length, PROT_READ_WRITE, MAP_SHARED, fd, 0L);
      return at == -1 ? -errno.get(JAVA_INT, 0) : at;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** munmap(2). */
  static void unmap(long address, long length) {
    try (Arena arena = Arena.ofConfined()) {
      int ignored = (int) UNMAP.invokeExact(arena.allocate(JAVA_INT), address, length);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static int orErrno(int result, MemorySegment errno) {
    return result == -1 ? -errno.get(JAVA_INT, 0) : result;
  }

  private static RuntimeException unexpected(Throwable e) {
    return e instanceof RuntimeException known ? known : new IllegalStateException(e);
  }
}
