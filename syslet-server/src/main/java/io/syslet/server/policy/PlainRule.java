package io.syslet.server.policy;

import io.syslet.Errno;
import io.syslet.table.Argument;
import io.syslet.table.CallEntry;
import io.syslet.table.CallTable;
import java.util.Objects;

/**
 * A call without a path, made as it is: descriptors are translated to the server's, addresses to
 * where the client's memory lies here. Memory that the call reads or writes is handed to it as it
 * is, so this is for calls that take no decision from it and whose result names nothing.
 */
final class PlainRule extends Rule {
  private static final int ARGUMENTS = 6;

  @Override
  void start(Operation op) {
    CallEntry entry = Objects.requireNonNull(CallTable.entry(op.nr()));
    long a0 = translated(op, entry, 0);
    long a1 = translated(op, entry, 1);
    long a2 = translated(op, entry, 2);
    long a3 = translated(op, entry, 3);
    long a4 = translated(op, entry, 4);
    long a5 = translated(op, entry, 5);
    if (!op.isDone()) {
      op.call(entry.number(), a0, a1, a2, a3, a4, a5);
    }
  }

  private static long translated(Operation op, CallEntry entry, int i) {
    if (i >= ARGUMENTS || i >= entry.argumentCount()) {
      return 0;
    }
    Argument argument = entry.argument(i);
    return switch (argument.kind()) {
      case FD -> descriptor(op, op.intArgument(i));
      case IN, OUT, INOUT -> memory(op, i);
      case INT, LONG, FLAGS -> op.argument(i);
      default -> refuse(op);
    };
  }

  private static long descriptor(Operation op, int number) {
    Descriptor found = op.use(number);
    if (found == null) {
      op.done(-Errno.EBADF);
      return -1;
    }
    return found.host;
  }

  private static long memory(Operation op, int i) {
    long address = op.memory(i);
    if (address < 0) {
      op.done(address);
    }
    return address;
  }

  private static long refuse(Operation op) {
    op.done(-Errno.EPERM);
    return 0;
  }
}
