package io.syslet.server.policy;

import io.syslet.Errno;
import io.syslet.Nr;

/**
 * close. The number names nothing from now on. The server's descriptor is closed by this call if no
 * other under way names it, else when the last of them has ended.
 */
final class CloseRule extends Rule {
  @Override
  void start(Operation op) {
    Descriptor descriptor = op.descriptors().get(op.intArgument(0));
    op.subject = descriptor;
    if (descriptor == null) {
      op.done(-Errno.EBADF);
      return;
    }
    descriptor.isClosing = true;
    op.kept = descriptor.users;
    if (op.kept == 0) {
      op.call(Nr.CLOSE, descriptor.host, 0, 0, 0, 0, 0);
    } else {
      op.done(0);
    }
  }

  /** The number is free when the client may know of it; whatever close says, it is closed. */
  @Override
  void accepted(Operation op) {
    Descriptor descriptor = op.subject;
    if (descriptor == null) {
      return;
    }
    DescriptorTable table = op.descriptors();
    if (op.kept == 0) {
      table.free(descriptor);
      table.recycle(descriptor);
    } else {
      table.close(descriptor);
    }
  }

  @Override
  void abandoned(Operation op) {
    Descriptor descriptor = op.subject;
    if (descriptor != null) {
      descriptor.isClosing = false;
    }
  }
}
