package io.syslet.examples;

import io.syslet.Kernel;
import java.lang.foreign.Arena;

/** The listings of one task, made as they are needed, up to a limit. */
final class ListingPool {
  private final Arena arena;
  private final Listing[] spare;
  private int spares;
  private int made;

  ListingPool(Kernel kernel, int limit) {
    arena = kernel.arena();
    spare = new Listing[limit];
  }

  boolean hasNext() {
    return spares > 0 || made < spare.length;
  }

  /** An empty listing; the one used last, for its buffer is the hottest. */
  Listing next(Directory directory) {
    if (spares == 0) {
      made++;
      return new Listing(arena.allocate(Listing.LENGTH, 64).address(), directory);
    }
    Listing listing = spare[--spares];
    listing.directory = directory;
    return listing;
  }

  void giveBack(Listing listing) {
    spare[spares++] = listing;
  }
}
