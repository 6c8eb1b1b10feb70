package io.syslet.examples;

/** A directory of {@link AsyncReady}, and what it waits for. */
final class AsyncReadyGroup {
  /** Entries as one getdents64 gave them; calls point at their names. */
  record Part(AsyncReadyGroup group, Listing listing) {
    Part {
      group.parts++;
    }
  }

  final Directory directory;
  final int fd;

  /** Parts that wait, and one more while the directory is read. */
  int parts = 1;

  long entries;
  final ExactSum bytes = new ExactSum();

  AsyncReadyGroup(Directory directory, int fd) {
    this.directory = directory;
    this.fd = fd;
  }
}
