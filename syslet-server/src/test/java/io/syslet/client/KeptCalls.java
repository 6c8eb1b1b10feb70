package io.syslet.client;

import io.syslet.CallSlots;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Syslet;
import io.syslet.client.wire.Address;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.Memory;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * A program that is killed: {@code KeptCalls FILE ADDRESS AUTHORITY CERTIFICATE KEY DO PIPE}. It
 * says what has come to it, and waits.
 *
 * <pre>
 *   read     makes a pipe and three reads of it, with caller data 1 to 3: says the pipe
 *   take     writes into PIPE, unless that is 0; says what it inherits, three of them, and settles nothing
 *   settle   the same, and settles
 * </pre>
 */
final class KeptCalls {
  static final int READS = 3;

  private static final long MINUTE_NANOS = 60_000_000_000L;

  private KeptCalls() {}

  /** What a client does that keeps its session in a file. */
  static ClientOptions options(Path file, Path authority, Path certificate, Path key) {
    return ClientOptions.defaults().tls(certificate, key, authority).session(file);
  }

  public static void main(String[] words) throws Exception {
    ClientOptions options =
        options(Path.of(words[0]), Path.of(words[2]), Path.of(words[3]), Path.of(words[4]));
    try (RemoteKernel kernel = RemoteKernel.connect(Address.parse(words[1]), options)) {
      if (words[5].equals("read")) {
        System.out.println(read(kernel));
      } else {
        feed(kernel, Integer.parseInt(words[6]));
        System.out.println(inherited(kernel));
      }
      if (words[5].equals("settle")) {
        settleAll(kernel.kept());
        System.out.println("settled");
      }
      new CountDownLatch(1).await();
    }
  }

  /** A completion is counted just after it was handed out. */
  private static void settleAll(KeptSession kept) {
    while (kept.arrived() < READS) {
      Thread.onSpinWait();
    }
    kept.settle(kept.arrived());
  }

  private static String read(Kernel kernel) {
    long memory = kernel.arena().allocate(64, 64).address();
    long made = kernel.syscall(Nr.PIPE2, memory, 0, 0);
    CompletionRing ring = CompletionRing.allocate(kernel.arena(), 8, 1);
    CallSlots slots = CallSlots.allocate(kernel.arena(), 1, ring);
    boolean allPending = made == 0;
    for (int i = 1; i <= READS; i++) {
      slots.set(0, i, Nr.READ, Memory.getInt(memory), memory + 32, 1, 0, 0, 0);
      int accepted = kernel.indirect(slots, 0, 1, 0);
      allPending &= accepted == 1 && slots.status(0) == -Syslet.ESYSLETPENDING;
    }
    return allPending ? "pipe " + Memory.getInt(memory + 4) : "not pending";
  }

  /** Ends the reads, if a pipe is named. */
  static void feed(Kernel kernel, int pipe) {
    if (pipe != 0 && kernel.syscall(Nr.WRITE, pipe, bytes(kernel), READS) != READS) {
      throw new IllegalStateException("no pipe");
    }
  }

  private static long bytes(Kernel kernel) {
    return kernel.arena().allocate(READS).address();
  }

  /** Which calls completed, in order, each with its status. */
  static String inherited(RemoteKernel kernel) throws InterruptedException {
    StringBuilder said = new StringBuilder(kernel.kept().origin().toString());
    int[] count = {0};
    while (count[0] < READS) {
      int more =
          kernel
              .kept()
              .inherited(
                  (status, data) -> said.append(' ').append(data).append('=').append(status),
                  MINUTE_NANOS);
      if (more == 0) {
        return said + " and no more";
      }
      count[0] += more;
    }
    return said.toString();
  }
}
