package io.syslet.bench.ring;

import org.jctools.queues.MessagePassingQueue;
import org.jctools.queues.MpscArrayQueue;

/** JCTools' queue of references, many producers to one consumer. */
final class JcToolsLane implements Lane {
  private final MpscArrayQueue<Message> queue;
  private final MessagePassingQueue.Consumer<Message> handler = this::onMessage;
  private final int capacity;
  private long sum;

  JcToolsLane(int capacity) {
    this.capacity = capacity;
    queue = new MpscArrayQueue<>(capacity);
  }

  @Override
  public Sender sender() {
    MessagePool pool = new MessagePool(capacity);
    return (status, callerData) -> pool.sent(queue.offer(pool.fill(status, callerData)));
  }

  private void onMessage(Message message) {
    sum += message.sum();
  }

  @Override
  public int receive(int limit) {
    return queue.drain(handler, limit);
  }

  @Override
  public long sum() {
    return sum;
  }
}
