package io.syslet.server.policy;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.ring.Memory;

/**
 * poll and ppoll: a wait on a private copy of the array in which the descriptors are the server's.
 * Only what was found goes back to the client's.
 */
final class PollRule extends Rule {
  private static final int POLLFD = 8;
  private static final int REVENTS = 6;
  private static final int POLLNVAL = 0x20;

  /** In place of a descriptor, for what the host is to skip. */
  private static final int SKIPPED = -1;

  private static final int INVALID = -2;
  private static final int TIMESPEC = 16;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final boolean isPpoll;

  PollRule(boolean isPpoll) {
    this.isPpoll = isPpoll;
  }

  @Override
  void start(Operation op) {
    op.isAlone = true;
    long count = isPpoll ? op.argument(1) : op.intArgument(1) & 0xffff_ffffL;
    long nanos = nanos(op);
    if (count > Scratch.ARRAY_MAX || count < 0 || (isPpoll && op.argument(3) != 0)) {
      op.done(-Errno.EINVAL);
    } else if (nanos < 0) {
      op.done(nanos);
    } else {
      begin(op, (int) count, nanos);
    }
  }

  private void begin(Operation op, int count, long nanos) {
    op.out = count == 0 ? 0 : op.memory(op.argument(0), (long) count * POLLFD);
    if (op.out < 0 || (op.out == 0 && count > 0)) {
      op.done(-Errno.EFAULT);
      return;
    }
    Memory.copy(op.out, op.scratch + Scratch.ARRAY, (long) count * POLLFD);
    int invalid = translate(op, count);
    op.kept = count;
    op.step = invalid;
    op.deadline = nanos == 0 || invalid > 0 ? 0 : Waiting.deadline(nanos);
    poll(op, op.deadline == 0 ? 0 : Waiting.left(op, op.deadline));
  }

  private long nanos(Operation op) {
    if (!isPpoll) {
      int millis = op.intArgument(2);
      return millis < 0 ? Waiting.NEVER : millis * NANOS_PER_MILLI;
    }
    if (op.argument(2) == 0) {
      return Waiting.NEVER;
    }
    if (op.copyIn(op.argument(2), TIMESPEC, op.scratch + Scratch.TIME) < 0) {
      return -Errno.EFAULT;
    }
    long nanos = Waiting.nanos(op.scratch + Scratch.TIME);
    return nanos < 0 ? -Errno.EINVAL : nanos;
  }

  /** Puts the server's descriptors in: how many of the client's are none. */
  private static int translate(Operation op, int count) {
    int invalid = 0;
    for (int i = 0; i < count; i++) {
      long at = op.scratch + Scratch.ARRAY + (long) i * POLLFD;
      int number = Memory.getInt(at);
      Descriptor descriptor = number < 0 ? null : op.use(number);
      if (descriptor != null) {
        Memory.putInt(at, descriptor.host);
      } else {
        Memory.putInt(at, number < 0 ? SKIPPED : INVALID);
        invalid += number < 0 ? 0 : 1;
      }
    }
    return invalid;
  }

  private static void poll(Operation op, long nanos) {
    op.await(Nr.PPOLL, op.scratch + Scratch.ARRAY, op.kept, Waiting.timeout(op, nanos), 0);
  }

  @Override
  void ended(Operation op, long result) {
    long left = op.deadline == 0 ? 0 : Waiting.left(op, op.deadline);
    if (result < 0) {
      op.done(result);
    } else if (result == 0 && op.deadline != 0 && !op.mayWait) {
      op.refuse();
    } else if (result > 0 || left == 0) {
      tell(op);
      op.done(result + op.step);
    } else if (op.isUnwanted()) {
      op.done(-Errno.ECANCELED);
    } else {
      poll(op, left);
    }
  }

  private static void tell(Operation op) {
    for (int i = 0; i < op.kept; i++) {
      long at = op.scratch + Scratch.ARRAY + (long) i * POLLFD;
      int found = Memory.getInt(at) == INVALID ? POLLNVAL : Memory.getUnsignedShort(at + REVENTS);
      Memory.putByte(op.out + (long) i * POLLFD + REVENTS, (byte) found);
      Memory.putByte(op.out + (long) i * POLLFD + REVENTS + 1, (byte) (found >>> 8));
    }
  }
}
