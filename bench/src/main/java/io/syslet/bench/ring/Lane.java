package io.syslet.bench.ring;

/** A bounded queue of 16-byte messages, many producers and one consumer, as the bench sees it. */
public interface Lane {
  /** A producer's end, for one thread. */
  @FunctionalInterface
  interface Sender {
    /** Sends two values, unless the queue is full. */
    boolean send(long status, long callerData);
  }

  /** A sender for a further producer. */
  Sender sender();

  /** Takes messages out and reads both their values: how many, {@code limit} at most. */
  int receive(int limit);

  /** The sum of all that was read, so that reading is not optimised away. */
  long sum();
}
