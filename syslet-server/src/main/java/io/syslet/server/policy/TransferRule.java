package io.syslet.server.policy;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.ring.Memory;
import java.util.Objects;

/**
 * read, write and their kin.
 *
 * <p>On a file the call is made as it is. On a pipe or an eventfd it could wait for ever, also
 * after its session is over. So the host's are non-blocking, and where the client would wait, the
 * call becomes two: wait until something may be there, and try again. What a client has passed is
 * its own to make blocking, so each call on it says that it will not wait. A write to a pipe may
 * therefore be short, as POSIX allows. What says that it is ready and is not, as an eventfd does
 * that has no room for so large a number, is asked again from time to time.
 */
final class TransferRule extends Rule {
  private static final int IOVEC = 16;
  private static final long AT_ITS_POSITION = -1;
  private static final int TRYING = 0;
  private static final int WAITING = 1;
  private static final int WAITING_FIRST = 2;
  private static final int CALLING = 3;
  private static final int RESTING = 4;

  /** After so many waits that ended at once, and nothing was there, each one comes after a rest. */
  private static final int VAIN_WAITS = 16;

  private final long nr;
  private final boolean isVector;
  private final boolean isWrite;

  /**
   * @param isVector argument 1 is an iovec array of argument 2 elements, else memory.
   */
  TransferRule(long nr, boolean isVector, boolean isWrite) {
    this.nr = nr;
    this.isVector = isVector;
    this.isWrite = isWrite;
  }

  @Override
  void start(Operation op) {
    Descriptor descriptor = op.use(op.intArgument(0));
    if (descriptor == null) {
      op.done(-Errno.EBADF);
      return;
    }
    long memory = isVector ? vector(op) : op.memory(1);
    if (memory < 0) {
      op.done(memory);
      return;
    }
    boolean isPassed = descriptor.kind == Descriptor.PASSED_CHANNEL;
    boolean mayWait =
        (isPassed || descriptor.kind == Descriptor.CHANNEL)
            && (descriptor.flags & Sys.O_NONBLOCK) == 0
            && !isNoWait(op);
    op.kept = mayWait ? descriptor.host : -1;
    op.out = 0;
    op.isAlone = mayWait || isPassed;
    op.subject = isPassed ? descriptor : null;
    if (isPassed) {
      callPassed(op, descriptor.host, memory);
    } else {
      call(op, descriptor.host, memory);
    }
    if (op.isAlone) {
      op.save();
    }
  }

  private void call(Operation op, int host, long memory) {
    op.call(nr, host, memory, op.argument(2), op.argument(3), op.argument(4), op.argument(5));
  }

  /** What the client has passed may be blocking, so each call says that it will not wait. */
  private void callPassed(Operation op, int host, long memory) {
    long array = isVector ? memory : single(op, memory);
    long count = isVector ? op.argument(2) : 1;
    if (nr == Nr.PREADV2 || nr == Nr.PWRITEV2) {
      long flags = op.intArgument(5) | Sys.RWF_NOWAIT;
      op.call(nr, host, array, count, op.argument(3), op.argument(4), flags);
    } else if (nr == Nr.PREADV || nr == Nr.PWRITEV) {
      call(op, host, array);
    } else {
      long here = isWrite ? Nr.PWRITEV2 : Nr.PREADV2;
      op.call(here, host, array, count, AT_ITS_POSITION, AT_ITS_POSITION, Sys.RWF_NOWAIT);
    }
  }

  private static long single(Operation op, long memory) {
    long to = op.scratch + Scratch.ARRAY;
    Memory.putLong(to, memory);
    Memory.putLong(to + 8, op.argument(2));
    return to;
  }

  /** preadv2 and pwritev2 can say that they will not wait. */
  private boolean isNoWait(Operation op) {
    return (nr == Nr.PREADV2 || nr == Nr.PWRITEV2) && (op.intArgument(5) & Sys.RWF_NOWAIT) != 0;
  }

  /** Copies the array to private memory, its addresses translated: where, or −errno. */
  private static long vector(Operation op) {
    long count = op.argument(2);
    if (count < 0 || count > Scratch.ARRAY_MAX) {
      return -Errno.EINVAL;
    }
    long to = op.scratch + Scratch.ARRAY;
    if (count > 0 && op.copyIn(op.argument(1), count * IOVEC, to) < 0) {
      return -Errno.EFAULT;
    }
    for (long at = to; at < to + count * IOVEC; at += IOVEC) {
      long length = Memory.getLong(at + 8);
      if (length < 0) {
        return -Errno.EINVAL;
      }
      long here = length == 0 ? 0 : op.memory(Memory.getLong(at), length);
      if (here < 0 || (here == 0 && length != 0)) {
        return -Errno.EFAULT;
      }
      Memory.putLong(at, here);
    }
    return to;
  }

  @Override
  void ended(Operation op, long result) {
    if (op.step == TRYING && result == -Errno.EOPNOTSUPP && isPlainOnPassed(op)) {
      waitFirst(op);
    } else if (op.step == TRYING && (result != -Errno.EAGAIN || op.kept < 0)) {
      op.done(result);
    } else if (op.step == CALLING || (op.step == WAITING_FIRST && result < 0)) {
      op.done(result);
    } else if (op.isUnwanted()) {
      op.done(-Errno.ECANCELED);
    } else if ((op.step == TRYING || result == 0) && !op.mayWait) {
      op.refuse();
    } else if (op.step == TRYING && op.out >= VAIN_WAITS) {
      op.step = RESTING;
      Waiting.rest(op);
    } else if (op.step == TRYING || op.step == RESTING) {
      op.step = WAITING;
      await(op);
    } else {
      op.out = op.hasBlocked() ? 0 : op.out + 1;
      op.step = op.step == WAITING ? TRYING : CALLING;
      op.again();
    }
  }

  private void await(Operation op) {
    Waiting.forDescriptor(op, (int) op.kept, isWrite ? Waiting.POLLOUT : Waiting.POLLIN);
  }

  private boolean isPlainOnPassed(Operation op) {
    return op.subject != null
        && (nr == Nr.READ || nr == Nr.READV || nr == Nr.WRITE || nr == Nr.WRITEV);
  }

  /** Some device that cannot be told not to wait: it is called once something may be there. */
  private void waitFirst(Operation op) {
    long count = isVector ? op.argument(2) : 1;
    long array = op.scratch + Scratch.ARRAY;
    int host = Objects.requireNonNull(op.subject).host;
    op.call(isWrite ? Nr.WRITEV : Nr.READV, host, array, count, 0, 0, 0);
    op.save();
    if (op.kept < 0) {
      op.step = CALLING;
    } else {
      op.step = WAITING_FIRST;
      await(op);
    }
  }
}
