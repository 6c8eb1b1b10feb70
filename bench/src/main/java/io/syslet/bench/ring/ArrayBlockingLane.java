package io.syslet.bench.ring;

import java.util.AbstractCollection;
import java.util.Collections;
import java.util.Iterator;
import java.util.concurrent.ArrayBlockingQueue;

/** The JDK's queue with one lock. */
final class ArrayBlockingLane implements Lane {
  /** What {@code drainTo} puts messages into; keeps none. */
  private final class Sink extends AbstractCollection<Message> {
    @Override
    public boolean add(Message message) {
      sum += message.sum();
      return true;
    }

    @Override
    public Iterator<Message> iterator() {
      return Collections.emptyIterator();
    }

    @Override
    public int size() {
      return 0;
    }
  }

  private final ArrayBlockingQueue<Message> queue;
  private final Sink sink = new Sink();
  private final int capacity;
  private long sum;

  ArrayBlockingLane(int capacity) {
    this.capacity = capacity;
    queue = new ArrayBlockingQueue<>(capacity);
  }

  @Override
  public Sender sender() {
    MessagePool pool = new MessagePool(capacity);
    return (status, callerData) -> pool.sent(queue.offer(pool.fill(status, callerData)));
  }

  @Override
  public int receive(int limit) {
    return limit == 1 ? receiveOne() : queue.drainTo(sink, limit);
  }

  private int receiveOne() {
    Message message = queue.poll();
    if (message == null) {
      return 0;
    }
    sum += message.sum();
    return 1;
  }

  @Override
  public long sum() {
    return sum;
  }
}
