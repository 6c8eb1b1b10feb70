package io.syslet.server.policy;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.ring.Memory;

/**
 * read, write and their kin.
 *
 * <p>On a file the call is made as it is. On a pipe or an eventfd it could wait for ever, and hold
 * a worker for as long, also after its session is over. So the host's are non-blocking, and where
 * the client would wait, the call becomes two: wait until something may be there, a second at a
 * time, and try again. A write to a pipe may therefore be short, as POSIX allows.
 */
final class TransferRule extends Rule {
  private static final int IOVEC = 16;
  private static final int TRYING = 0;

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
    boolean mayWait =
        descriptor.kind == Descriptor.CHANNEL
            && (descriptor.flags & Sys.O_NONBLOCK) == 0
            && !isNoWait(op);
    op.kept = mayWait ? descriptor.host : -1;
    op.isAlone = mayWait;
    op.call(
        nr,
        descriptor.host,
        memory,
        op.argument(2),
        op.argument(3),
        op.argument(4),
        op.argument(5));
    if (mayWait) {
      op.save();
    }
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
    if (op.step == TRYING && (result != -Errno.EAGAIN || op.kept < 0)) {
      op.done(result);
    } else if (op.isOver()) {
      op.done(-Errno.ECANCELED);
    } else if (op.step == TRYING && !op.mayWait) {
      op.refuse();
    } else if (op.step == TRYING) {
      op.step = 1;
      Waiting.forDescriptor(op, (int) op.kept, isWrite ? Waiting.POLLOUT : Waiting.POLLIN);
    } else {
      op.step = TRYING;
      op.again();
    }
  }
}
