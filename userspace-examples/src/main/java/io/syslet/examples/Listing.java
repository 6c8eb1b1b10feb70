package io.syslet.examples;

import io.syslet.Dirent;

/** Entries of one directory as getdents64 gave them; pooled, and its buffer with it. */
final class Listing {
  /** Bytes asked of the kernel at a time. */
  static final int LENGTH = 32 * 1024;

  final long buffer;
  final Dirent entries = new Dirent();
  Directory directory;

  /** Whether there are entries that nobody has asked about yet. */
  boolean hasMore;

  /** Calls that name one of the entries and have not ended. */
  int calls;

  Listing(long buffer, Directory directory) {
    this.buffer = buffer;
    this.directory = directory;
  }

  /** Takes in what getdents64 wrote. */
  void filled(long length) {
    entries.wrap(buffer, length);
    hasMore = true;
  }

  /** Whether every entry has been asked about, and answered. */
  boolean isDone() {
    return calls == 0 && !hasMore;
  }
}
