package io.syslet.examples;

import java.util.ArrayList;
import java.util.List;

/** A directory of {@link AsyncReady}, and the results that it waits for. */
final class AsyncReadyGroup {
  final Directory directory;

  /** Where the names of its entries are, as long as calls may point there. */
  final List<Listing> listings = new ArrayList<>();

  int fd = Directory.CLOSED;
  long waiting;
  long entries;
  long bytes;
  boolean isRead;

  AsyncReadyGroup(Directory directory) {
    this.directory = directory;
  }
}
