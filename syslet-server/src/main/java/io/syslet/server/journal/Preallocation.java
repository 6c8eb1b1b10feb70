package io.syslet.server.journal;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.ring.HostCalls;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files whose blocks are all there before anything is written. A mapped file must not be sparse: a
 * write into it that finds the disk full is a SIGBUS, not an error. Source: posix_fallocate(3).
 */
@SuppressWarnings("restricted")
final class Preallocation {
  private static final int O_RDWR = 2;
  private static final int O_CREAT = 0x40;
  private static final int O_CLOEXEC = 0x80000;
  private static final int MODE = 0600;

  private static final MethodHandle OPEN =
      function(
          "open",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle ALLOCATE =
      function(
          "posix_fallocate",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG));

  private Preallocation() {}

  private static MethodHandle function(
      String name, FunctionDescriptor type, Linker.Option... options) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type, options);
  }

  /**
   * Gives a file all its blocks, making it if there is none. What is written in it stays.
   *
   * @param length bytes that the file has at least afterwards; a longer one stays as long.
   * @param keepFree bytes that must be free on the file system afterwards.
   * @return 0; −ENOSPC if the disk, the quota or the bytes to be kept free do not allow it; −EIO.
   */
  static int allocate(Path file, long length, long keepFree) {
    try {
      if (Files.getFileStore(JournalFiles.folder(file)).getUsableSpace() - length < keepFree) {
        return -Errno.ENOSPC;
      }
      return allocate(file, length);
    } catch (IOException e) {
      return -Errno.EIO;
    }
  }

  private static int allocate(Path file, long length) {
    int descriptor = -1;
    try (Arena arena = Arena.ofConfined()) {
      descriptor =
          (int)
              OPEN.invokeExact(
                  arena.allocateFrom(file.toString()),
                  O_RDWR | O_CREAT | O_CLOEXEC | Sys.O_NOFOLLOW,
                  MODE);
      return descriptor < 0
          ? -Errno.EIO
          : result((int) ALLOCATE.invokeExact(descriptor, 0L, length));
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    } finally {
      close(descriptor);
    }
  }

  private static int result(int error) {
    return switch (error) {
      case 0 -> 0;
      case Errno.ENOSPC, Errno.EDQUOT, Errno.EFBIG -> -Errno.ENOSPC;
      default -> -Errno.EIO;
    };
  }

  private static void close(int descriptor) {
    if (descriptor >= 0) {
      HostCalls.send(Nr.CLOSE, descriptor, 0, 0, 0, 0, 0);
    }
  }
}
