package io.syslet.bench.ring;

import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.Sequencer;

/**
 * The Disruptor's ring of events that are filled in place, with its sequencer for many. Read
 * without its poller, which looks over all that is published at each poll, however little it may
 * take.
 */
final class DisruptorLane implements Lane {
  private final RingBuffer<Message> ring;
  private final Sequence read = new Sequence(Sequencer.INITIAL_CURSOR_VALUE);
  private long sum;

  DisruptorLane(int capacity) {
    ring = RingBuffer.createMultiProducer(Message::new, capacity);
    ring.addGatingSequences(read);
  }

  @Override
  public Sender sender() {
    return this::send;
  }

  private boolean send(long status, long callerData) {
    long sequence;
    try {
      sequence = ring.tryNext();
    } catch (InsufficientCapacityException e) {
      return false;
    }
    Message message = ring.get(sequence);
    message.status = status;
    message.callerData = callerData;
    ring.publish(sequence);
    return true;
  }

  @Override
  public int receive(int limit) {
    long from = read.get();
    long next = from;
    while (next - from < limit && ring.isAvailable(next + 1)) {
      sum += ring.get(++next).sum();
    }
    if (next != from) {
      read.set(next);
    }
    return (int) (next - from);
  }

  @Override
  public long sum() {
    return sum;
  }
}
