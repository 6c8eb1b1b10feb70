package io.syslet.examples;

import io.syslet.Dirent;

/** Entries of one directory as getdents64 gave them; pooled, and its buffer with it. */
final class Listing {
  /** Bytes asked of the kernel at a time. */
  static final int LENGTH = 32 * 1024;

  /** Instead of a name: there are no more. */
  static final long NO_NAME = 0;

  final long buffer;
  Directory directory;

  private final Dirent entries = new Dirent();
  private boolean hasMore;
  private int calls;

  Listing(long buffer, Directory directory) {
    this.buffer = buffer;
    this.directory = directory;
  }

  /** Takes in what getdents64 wrote. */
  void filled(long length) {
    entries.wrap(buffer, length);
    hasMore = true;
  }

  /**
   * The address of the next entry's name, which a call then needs until {@link #answered}; or
   * {@link #NO_NAME}.
   */
  long next() {
    if (entries.nextChild()) {
      calls++;
      return entries.nameAddress();
    }
    hasMore = false;
    return NO_NAME;
  }

  /** A call that names one of the entries has ended. */
  void answered() {
    calls--;
  }

  /** Whether every entry has been asked about, and answered. */
  boolean isDone() {
    return calls == 0 && !hasMore;
  }
}
