package io.syslet.ring;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A process that takes all reservations that are left and waits for its end: RING HOW. Of those
 * that it takes, HOW armed starts calls on every second one, HOW returned gives the last one back
 * and is killed before it has told so.
 */
final class HolderMain {
  private HolderMain() {}

  public static void main(String[] args) throws IOException {
    CompletionRing ring = CompletionRing.open(Path.of(args[0]));
    int last = -1;
    for (int entry; (entry = ring.producer().reserve()) >= 0; last = entry) {
      if (args[1].equals("armed") && entry % 2 == 0) {
        ring.producer().arm(entry, 1000 + entry);
      }
    }
    if (args[1].equals("returned")) {
      ProtocolStep.listener = step -> dieAt(step == ProtocolStep.RETURNED);
      ring.producer().release(last);
    }
    System.out.println("ready");
    System.in.read();
  }

  private static void dieAt(boolean here) {
    if (here) {
      VictimMain.die();
    }
  }
}
