package io.syslet.examples.copy;

/** What one task has done; for others when it has ended. */
final class Counts {
  long files;
  long directories;
  long others;
  long bytes;
  long calls;
  long pending;

  void add(Counts other) {
    files += other.files;
    directories += other.directories;
    others += other.others;
    bytes += other.bytes;
    calls += other.calls;
    pending += other.pending;
  }
}
