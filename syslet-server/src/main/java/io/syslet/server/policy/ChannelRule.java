package io.syslet.server.policy;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.ring.Memory;

/** pipe, pipe2, eventfd, eventfd2, epoll_create1: descriptors that are no files of the root. */
final class ChannelRule extends Rule {
  private static final int EFD_SEMAPHORE = 1;

  /** Which call. */
  enum Form {
    PIPE(2, Sys.O_DIRECT | Sys.O_CLOEXEC | Sys.O_NONBLOCK),
    EVENTFD(1, EFD_SEMAPHORE | Sys.O_CLOEXEC | Sys.O_NONBLOCK),
    EPOLL(1, Sys.O_CLOEXEC);

    final int descriptors;
    final int flags;

    Form(int descriptors, int flags) {
      this.descriptors = descriptors;
      this.flags = flags;
    }
  }

  private final Form form;
  private final int flagsArgument;

  /**
   * @param flagsArgument which argument has the flags; −1 if the call has none.
   */
  ChannelRule(Form form, int flagsArgument) {
    this.form = form;
    this.flagsArgument = flagsArgument;
  }

  private int flags(Operation op) {
    return flagsArgument < 0 ? 0 : op.intArgument(flagsArgument);
  }

  @Override
  void start(Operation op) {
    op.isAlone = true;
    op.out = form == Form.PIPE ? op.memory(0) : 1;
    int error = (flags(op) & ~form.flags) != 0 ? -Errno.EINVAL : 0;
    if (error == 0 && op.out <= 0) {
      error = -Errno.EFAULT;
    }
    if (error == 0) {
      error = op.descriptors().reserve(form.descriptors);
    }
    if (error < 0) {
      op.done(error);
    } else {
      make(op);
    }
  }

  private void make(Operation op) {
    switch (form) {
      case PIPE -> {
        long flags = flags(op) | Sys.O_CLOEXEC | Sys.O_NONBLOCK;
        op.call(Nr.PIPE2, op.scratch + Scratch.SMALL, flags, 0, 0, 0, 0);
      }
      case EVENTFD -> {
        long flags = flags(op) | Sys.O_CLOEXEC | Sys.O_NONBLOCK;
        op.call(Nr.EVENTFD2, op.argument(0), flags, 0, 0, 0, 0);
      }
      case EPOLL -> op.call(Nr.EPOLL_CREATE1, Sys.O_CLOEXEC, 0, 0, 0, 0, 0);
    }
  }

  @Override
  void ended(Operation op, long result) {
    if (result < 0) {
      op.descriptors().unreserve(form.descriptors);
      op.done(result);
    } else if (form == Form.PIPE) {
      op.done(installPipe(op));
    } else {
      int kind = form == Form.EPOLL ? Descriptor.EPOLL : Descriptor.CHANNEL;
      op.done(op.install((int) result, kind, Sys.O_RDWR | told(op), DescriptorTable.FIRST));
    }
  }

  private int told(Operation op) {
    return flags(op) & ~EFD_SEMAPHORE;
  }

  private long installPipe(Operation op) {
    long made = op.scratch + Scratch.SMALL;
    long in = op.install(Memory.getInt(made), Descriptor.CHANNEL, flags(op), DescriptorTable.FIRST);
    long out =
        op.install(
            Memory.getInt(made + 4),
            Descriptor.CHANNEL,
            flags(op) | Sys.O_WRONLY,
            DescriptorTable.FIRST);
    if (in < 0 || out < 0) {
      return Math.min(in, out);
    }
    Memory.putInt(op.out, (int) in);
    Memory.putInt(op.out + 4, (int) out);
    return 0;
  }

  @Override
  void abandoned(Operation op) {
    if (!op.isDone()) {
      op.descriptors().unreserve(form.descriptors);
    }
  }
}
