package io.syslet.ring;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Memory that two processes share although one does not trust the other: a memfd whose length is
 * sealed, so no party can cut it and raise SIGBUS in another one.
 *
 * <p>The maker creates it and hands the descriptor over (SCM_RIGHTS, or {@code /proc/PID/fd/N} for
 * a process of the same user); the other one adopts or opens it. Sources: memfd_create(2), fcntl(2)
 * F_ADD_SEALS.
 */
public final class SharedMemory implements AutoCloseable {
  private static final int F_ADD_SEALS = 1033;
  private static final int F_GET_SEALS = 1034;
  private static final int F_SEAL_SEAL = 1;
  private static final int F_SEAL_SHRINK = 2;
  private static final int F_SEAL_GROW = 4;

  private final int fd;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment segment;
  private final AtomicBoolean closed = new AtomicBoolean();

  @SuppressWarnings("restricted")
  private SharedMemory(int fd, long address, long length) {
    this.fd = fd;
    this.segment =
        MemorySegment.ofAddress(address)
            .reinterpret(length, arena, mapped -> HostFiles.unmap(address, length));
  }

  /**
   * Tries whether there can be such memory here.
   *
   * @throws IOException with one line that says what is in the way.
   */
  public static void check() throws IOException {
    try (SharedMemory tried = create("syslet-check", 1)) {
      assert tried.fd >= 0;
    } catch (IOException e) {
      throw new IOException(
          "memory cannot be shared here ("
              + e.getMessage()
              + "): it needs a sandbox that lets memfd_create pass",
          e);
    }
  }

  /**
   * A new one, all zero, sealed against shrinking, growing and further seals; mapped.
   *
   * @param name for {@code /proc/PID/maps}, up to 249 bytes
   * @param length bytes, more than 0
   * @throws IOException if there is no descriptor or no address space left, with the errno
   */
  public static SharedMemory create(String name, long length) throws IOException {
    int fd = (int) checked("memfd_create", HostFiles.createMemory(name));
    try {
      checked("ftruncate", HostFiles.truncate(fd, length));
      if (HostFiles.fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0) {
        throw new IOException("cannot seal a memfd");
      }
      return map(fd);
    } catch (IOException e) {
      HostFiles.close(fd);
      throw e;
    }
  }

  /**
   * Maps one that came by descriptor. The descriptor belongs to it from now on, also when this
   * fails.
   *
   * @throws IOException if it is no memfd sealed against shrinking, or cannot be mapped
   */
  public static SharedMemory adopt(int fd) throws IOException {
    try {
      int seals = HostFiles.fcntl(fd, F_GET_SEALS, 0);
      if (seals < 0 || (seals & F_SEAL_SHRINK) == 0) {
        throw new IOException("not a memfd sealed against shrinking: descriptor " + fd);
      }
      return map(fd);
    } catch (IOException e) {
      HostFiles.close(fd);
      throw e;
    }
  }

  /**
   * {@link #adopt} by path, such as {@code /proc/PID/fd/N}.
   *
   * @throws IOException if it cannot be opened, or as {@code adopt}
   */
  public static SharedMemory open(Path path) throws IOException {
    int fd = HostFiles.open(path.toString());
    if (fd < 0) {
      throw new IOException("cannot open " + path);
    }
    return adopt(fd);
  }

  /** Closes a descriptor that came, and is not adopted. */
  public static void discard(int fd) {
    HostFiles.close(fd);
  }

  private static SharedMemory map(int fd) throws IOException {
    long length = HostFiles.size(fd);
    if (length <= 0) {
      throw new IOException("a memfd without length");
    }
    return new SharedMemory(fd, checked("mmap", HostFiles.map(fd, length)), length);
  }

  private static long checked(String what, long result) throws IOException {
    if (result < 0 && result > -4096) {
      throw new IOException(what + ": errno " + -result);
    }
    return result;
  }

  /** The whole, page-aligned; alive until {@link #close}. */
  public MemorySegment segment() {
    return segment;
  }

  /** Bytes. */
  public long length() {
    return segment.byteSize();
  }

  /** The descriptor, to be handed over; open until {@link #close}. */
  public int fd() {
    return fd;
  }

  /**
   * Unmaps and closes; the second time, nothing. Who still uses an address in it faults, so the
   * owner calls this when nobody does. The memory itself lives as long as another process maps it.
   */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      arena.close();
      HostFiles.close(fd);
    }
  }
}
