package io.syslet.bench.service;

import io.syslet.CString;
import io.syslet.CallSlots;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Stat;
import io.syslet.Sys;
import io.syslet.client.RemoteKernel;
import io.syslet.client.wire.Address;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.Memory;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;

/**
 * A client that does its worst: the largest batches one after the other, of calls that look far,
 * that are refused and that block for ever, and connections that say nothing.
 */
final class Hostile implements AutoCloseable {
  private static final int BATCH = 64;
  private static final int KINDS = 3;
  private static final String FAR = "./".repeat(1000) + "../../etc/passwd";

  private final CountDownLatch isAtIt = new CountDownLatch(1);
  private volatile boolean isOver;

  private Hostile() {}

  /** Begins. */
  static Hostile start(Served served) throws IOException {
    Hostile hostile = new Hostile();
    RemoteKernel kernel = served.connectUnix();
    Thread.ofPlatform().daemon().start(() -> hostile.flood(kernel));
    if (served.unix() instanceof Address.Unix unix) {
      Thread.ofPlatform().daemon().start(() -> hostile.knock(unix));
    }
    return hostile;
  }

  /** Only takes a processor. */
  static Hostile spin() {
    Hostile hostile = new Hostile();
    hostile.isAtIt.countDown();
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              while (!hostile.isOver) {
                Thread.onSpinWait();
              }
            });
    return hostile;
  }

  /** Waits until it has begun. */
  void awaitWorst() throws InterruptedException {
    isAtIt.await();
  }

  private void flood(RemoteKernel remote) {
    try (remote) {
      remote.run(this::flood);
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void flood(Kernel kernel) {
    CompletionRing ring = CompletionRing.allocate(kernel.arena(), 1024, 0);
    CallSlots slots = CallSlots.allocate(kernel.arena(), BATCH, ring);
    long path = CString.allocate(kernel.arena(), FAR);
    long buffer = kernel.arena().allocate(4096, Long.BYTES).address();
    if (kernel.syscall(Nr.PIPE2, buffer, 0, 0) != 0) {
      throw new IllegalStateException("no pipe");
    }
    int pipe = Memory.getInt(buffer);
    while (!isOver) {
      for (int i = 0; i < BATCH - 1; i++) {
        switch (i % KINDS) {
          case 0 -> slots.set(i, i, Nr.STATX, Sys.AT_FDCWD, path, 0, Stat.STATX_SIZE, buffer, 0);
          case 1 -> slots.set(i, i, Nr.PTRACE, 0, 0, 0, 0, 0, 0);
          default -> slots.set(i, i, Nr.OPENAT, Sys.AT_FDCWD, path, 0, 0, 0, 0);
        }
      }
      slots.set(BATCH - 1, BATCH - 1, Nr.READ, pipe, buffer + 8, 1, 0, 0, 0);
      if (kernel.indirect(slots, 0, BATCH, 0) < 0) {
        Thread.onSpinWait(); // it is refused, and tries again
      }
      isAtIt.countDown();
    }
  }

  private void knock(Address.Unix address) {
    while (!isOver) {
      try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(address.path()))) {
        isAtIt.await();
        Thread.onSpinWait();
        if (!channel.isConnected()) {
          return;
        }
      } catch (IOException e) {
        Thread.onSpinWait(); // it is refused, and tries again
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  @Override
  public void close() {
    isOver = true;
  }
}
