package io.syslet.server.local;

import io.syslet.client.local.ArenaFile;
import io.syslet.client.local.FdPassing;
import io.syslet.ring.ServiceRing;
import io.syslet.ring.SharedMemory;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What a local client is given: a ring and an arena, two files of memory, and perhaps a socket over
 * which it passes descriptors of its own. One thread at a time.
 */
final class LocalFiles implements AutoCloseable {
  final SharedMemory ring;
  final ArenaFile arena;
  private final @Nullable SocketPair passing;

  private LocalFiles(SharedMemory ring, ArenaFile arena, @Nullable SocketPair passing) {
    this.ring = ring;
    this.arena = arena;
    this.passing = passing;
  }

  /**
   * Makes them.
   *
   * @throws IOException if there is no memory or no descriptor.
   * @throws IllegalArgumentException for another number of elements, or another heap.
   */
  static LocalFiles create(int ringElements, long heap, boolean takesDescriptors)
      throws IOException {
    ArenaFile arena = ArenaFile.create(heap);
    SocketPair passing = null;
    try {
      passing = takesDescriptors ? SocketPair.open() : null;
      long length = ServiceRing.sizeOf(ringElements);
      return new LocalFiles(SharedMemory.create("syslet-ring", length), arena, passing);
    } catch (IOException | RuntimeException e) {
      arena.close();
      if (passing != null) {
        passing.close();
      }
      throw e;
    }
  }

  /** Sends them in this order: {@link LocalPort#sendFiles}. */
  int send(int socket, long data, int length) {
    if (passing == null) {
      return FdPassing.send(socket, data, length, ring.fd(), arena.memory.fd());
    }
    return passing.give(
        client -> FdPassing.send(socket, data, length, ring.fd(), arena.memory.fd(), client));
  }

  /** Whether there is a socket. */
  boolean takesDescriptors() {
    return passing != null;
  }

  /** The server's end of the socket; −1 without one. */
  int passingSocket() {
    return passing == null ? -1 : passing.own();
  }

  /** The same, which is not closed with the files any more. */
  int takePassingSocket() {
    return passing == null ? -1 : passing.takeOwn();
  }

  @Override
  public void close() {
    ring.close();
    arena.close();
    if (passing != null) {
      passing.close();
    }
  }
}
