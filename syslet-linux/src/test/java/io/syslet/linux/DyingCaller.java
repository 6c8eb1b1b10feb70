package io.syslet.linux;

import io.syslet.CallSlots;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Syslet;
import io.syslet.kernel.contract.Rig;
import io.syslet.ring.CompletionRing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * A program that is to be killed: RING PENDING. It makes calls that do not sleep and, if PENDING is
 * true, one that does, whose caller data is 77.
 */
final class DyingCaller {
  private DyingCaller() {}

  public static void main(String[] args) throws Exception {
    Linux.run(kernel -> live(kernel, Path.of(args[0]), args[1].equals("true")));
  }

  private static void live(Kernel kernel, Path file, boolean pending) {
    Rig rig = new Rig(kernel, open(file));
    rig.feed(5);
    must(1, rig.read(1));
    CallSlots slots = rig.slots(4);
    for (int i = 0; i < 4; i++) {
      slots.set(i, 10 + i, Nr.READ, rig.in, rig.buffer, 1, 0, 0, 0);
    }
    must(4, kernel.indirect(slots, 0, 4, 0));
    if (pending) {
      must(-Syslet.ESYSLETPENDING, rig.read(77));
    }
    IO.println("ready");
    rig.nap(60_000_000);
  }

  private static CompletionRing open(Path file) {
    try {
      return CompletionRing.open(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void must(long expected, long result) {
    if (result != expected) {
      throw new IllegalStateException(result + " instead of " + expected);
    }
  }
}
