package io.syslet.kernel.sim;

/** Something that will happen in the machine. Ordered by time, then by who was first to ask. */
final class Event {
  /** Not in {@link EventHeap}. */
  static final int GONE = -1;

  final long when;
  final long sequence;
  final Runnable action;

  /** Where it is in the heap of {@link EventHeap}. */
  int index = GONE;

  Event(long when, long sequence, Runnable action) {
    this.when = when;
    this.sequence = sequence;
    this.action = action;
  }

  boolean isBefore(Event other) {
    return when != other.when ? when < other.when : sequence < other.sequence;
  }
}
