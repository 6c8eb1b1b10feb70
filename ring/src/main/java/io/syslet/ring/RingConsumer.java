package io.syslet.ring;

import static io.syslet.ring.RingErrno.EINVAL;

/**
 * Taking completions out.
 *
 * <p>The head is read with acquire, then the payloads, then the tail is stored with release: a
 * producer that sees the new tail knows that the slots were read. Several consumers copy one
 * completion, then CAS the tail; who fails forgets the copy, which may be torn.
 */
final class RingConsumer {
  private final RingMemory memory;

  RingConsumer(RingMemory memory) {
    this.memory = memory;
  }

  int drain(CompletionHandler handler, int limit) {
    int tail = memory.tail();
    int unread = memory.head() - tail;
    if (Integer.compareUnsigned(unread, memory.elements) > 0) {
      return -EINVAL;
    }
    int count = Math.min(unread, limit);
    int done = 0;
    try {
      while (done < count) {
        int position = tail + done++;
        handler.onCompletion(memory.status(position), memory.callerData(position));
      }
    } finally {
      if (done > 0) {
        memory.tail(tail + done);
      }
    }
    return done;
  }

  int drainShared(CompletionHandler handler, int limit) {
    int done = 0;
    int failures = 0;
    while (done < limit && failures <= memory.elements) {
      int tail = memory.tail();
      int unread = memory.head() - tail;
      if (unread == 0) {
        return done;
      }
      if (Integer.compareUnsigned(unread, memory.elements) > 0) {
        if (memory.tail() == tail) {
          return done > 0 ? done : -EINVAL;
        }
        failures++;
        continue;
      }
      long status = memory.status(tail);
      long callerData = memory.callerData(tail);
      if (memory.casTail(tail, tail + 1)) {
        done++;
        handler.onCompletion(status, callerData);
      } else {
        failures++;
      }
    }
    return done;
  }
}
