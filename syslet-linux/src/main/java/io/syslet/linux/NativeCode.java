package io.syslet.linux;

import io.syslet.ring.Memory;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;

/**
 * Loads the native stub ({@code src/main/c/stub.c}), in one of two ways.
 *
 * <p>As a shared library, for {@link Native}'s native method: a file in the folder for temporary
 * files, which is gone once it is loaded. Nothing has to be linked by the JVM, which takes much of
 * the start of a small program, and interpreted code calls it as it calls any method.
 *
 * <p>Where there can be no such file: into one page, mapped writable, filled, and then made
 * executable and read-only; it is never both. It is called by the foreign function interface. All
 * functions have one signature, ten longs to a long, which serves mmap and mprotect as well
 * (integer arguments are passed in whole registers by both ABIs, and those too many are not looked
 * at): linking a signature is the greater part of what a first foreign call costs.
 */
@SuppressWarnings("restricted")
final class NativeCode {
  private static final int PAGE = 4096;
  private static final long PROT_READ = 1;
  private static final long PROT_WRITE = 2;
  private static final long PROT_EXEC = 4;
  private static final long MAP_PRIVATE_ANONYMOUS = 0x22;

  private static final FileAttribute<Set<PosixFilePermission>> OURS =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private NativeCode() {}

  // ---- as a library

  /** Loads the stub as the native method of a class: whether that was possible. */
  static boolean link(Class<?> type, String method) {
    try {
      Path folder = Files.createDirectory(nobodyElses(), OURS);
      try {
        load(folder.resolve("stub.so").toFile(), symbol(type.getName() + "." + method));
        return true;
      } finally {
        Files.delete(folder);
      }
    } catch (IOException | UnsatisfiedLinkError e) {
      return false;
    }
  }

  /**
   * A name that no other file has, made of what takes no time to find out. If one has it all the
   * same, the folder is not made.
   */
  private static Path nobodyElses() {
    int random = System.identityHashCode(new Object());
    String name = "syslet-" + Integer.toHexString(random) + "-" + System.nanoTime();
    return Path.of(System.getProperty("java.io.tmpdir", "/tmp"), name);
  }

  /** Not by a channel: the classes of those take the time that this is to save. */
  private static void load(File file, String symbol) throws IOException {
    try (FileOutputStream out = new FileOutputStream(file)) {
      out.write(StubFile.of(machine(), symbol));
      System.load(file.getPath());
    } finally {
      Files.deleteIfExists(file.toPath());
    }
  }

  /** What the JVM calls a native method whose names are of letters, digits and underscores. */
  static String symbol(String method) {
    return "Java_" + method.replace("_", "_1").replace('.', '_');
  }

  // ---- in a page

  /** Maps the stub and returns its entry as a method handle. */
  static MethodHandle map() {
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
                      0L,
                      0L,
                      0L);
      fill(page, StubCode.of(machine()));
      long failed =
          (long)
              linker
                  .downcallHandle(function(linker, "mprotect"), longs)
                  .invokeExact(
                      page, (long) PAGE, PROT_READ | PROT_EXEC, 0L, 0L, 0L, 0L, 0L, 0L, 0L);
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
    ValueLayout[] arguments =
        Collections.nCopies(10, ValueLayout.JAVA_LONG).toArray(ValueLayout[]::new);
    return FunctionDescriptor.of(ValueLayout.JAVA_LONG, arguments);
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
