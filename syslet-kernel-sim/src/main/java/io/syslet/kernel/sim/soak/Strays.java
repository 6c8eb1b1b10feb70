package io.syslet.kernel.sim.soak;

import io.syslet.Nr;
import java.util.Set;

/** Descriptors that programs have left behind. */
final class Strays {
  private static final int MOST = 1024;

  private final World world;

  Strays(World world) {
    this.world = world;
  }

  /** Closes them: how many there were. */
  int close() {
    Set<Integer> own = world.ownDescriptors();
    int closed = 0;
    for (int fd = 0; world.process.openDescriptors() > own.size() && fd < MOST; fd++) {
      if (!own.contains(fd) && world.call(Nr.CLOSE, fd) == 0) {
        closed++;
      }
    }
    return closed;
  }
}
