package io.syslet.kernel.sim.soak;

/**
 * Something that calls wait at: it is read from one descriptor and written to another. What is
 * known to have gone in and out is added up.
 */
final class Source {
  /** What it is. */
  enum Kind {
    PIPE,
    EVENTFD,
    TIMER
  }

  final Kind kind;
  final int in;
  final int out;

  /** Bytes that were written and read, as far as the statuses are known. */
  long written;

  long read;

  /** Whether some status is not known, so that the sums need not match. */
  boolean isUncertain;

  /** Whether its descriptors are closed, or about to be: whoever waits finds the end. */
  boolean isClosed;

  Source(Kind kind, int in, int out) {
    this.kind = kind;
    this.in = in;
    this.out = out;
  }

  @Override
  public String toString() {
    return kind + " " + in;
  }
}
