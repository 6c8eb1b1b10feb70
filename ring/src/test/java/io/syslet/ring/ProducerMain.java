package io.syslet.ring;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** A process that completes calls: RING ID EACH; and with STAYS waits for its end afterwards. */
final class ProducerMain {
  private ProducerMain() {}

  public static void main(String[] args) throws IOException {
    try (CompletionRing ring = CompletionRing.open(Path.of(args[0]))) {
      long id = Long.parseLong(args[1]) << 32;
      long each = Long.parseLong(args[2]);
      for (long i = 0; i < each; i++) {
        complete(ring, id | i);
      }
      if (args.length > 3) {
        System.out.println("ready");
        System.in.read();
      }
    }
  }

  private static void complete(CompletionRing ring, long callerData) {
    int entry = ring.producer().reserve();
    while (entry == -RingErrno.EAGAIN) {
      LockSupport.parkNanos(20_000);
      entry = ring.producer().reserve();
    }
    ring.producer().arm(entry, callerData);
    int result = ring.producer().complete(entry, ~callerData);
    if (result != 0) {
      throw new AssertionError(result);
    }
  }
}
