package io.syslet.bench.ring;

/**
 * Messages of one producer, used in turns, so that a queue of references allocates nothing. There
 * are twice as many as the queue has slots: when a message's turn comes again, the consumer has
 * long read it.
 */
final class MessagePool {
  private final Message[] messages;
  private int next;

  MessagePool(int capacity) {
    messages = new Message[2 * capacity];
    for (int i = 0; i < messages.length; i++) {
      messages[i] = new Message();
    }
  }

  /** The next message, filled in; it is used up by {@link #sent} only. */
  Message fill(long status, long callerData) {
    Message message = messages[next];
    message.status = status;
    message.callerData = callerData;
    return message;
  }

  boolean sent(boolean accepted) {
    if (accepted) {
      next = (next + 1) & (messages.length - 1);
    }
    return accepted;
  }
}
