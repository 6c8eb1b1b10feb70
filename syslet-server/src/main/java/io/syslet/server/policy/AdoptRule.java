package io.syslet.server.policy;

import io.syslet.CString;
import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Stat;
import io.syslet.Sys;
import io.syslet.ring.Memory;

/**
 * {@code Wire.ADOPT}: takes a descriptor that the client has passed, and makes it one of the
 * session's.
 *
 * <p>The client sends one descriptor with a message of 8 bytes, its cookie, over the socket that it
 * got for this, and then makes the call with the same cookie. Nothing is taken out of the socket
 * before that, nor without room for it. Messages with other cookies, whose calls were never made,
 * are thrown away. What is behind the descriptor is asked before the client gets a number: {@link
 * PassedFile} decides.
 */
final class AdoptRule extends Rule {
  private static final int TRIES = 64;

  private static final int RECEIVING = 0;
  private static final int FLAGS = 1;
  private static final int TYPE = 2;
  private static final int FILE_SYSTEM = 3;
  private static final int NAME = 4;
  private static final int FAMILY = 5;
  private static final int MAKER = 6;

  private final PassedFile permitted;

  AdoptRule(PassedFile permitted) {
    this.permitted = permitted;
  }

  @Override
  void start(Operation op) {
    op.isAlone = true;
    int socket = op.passingSocket();
    int error = socket < 0 ? -Errno.EOPNOTSUPP : op.descriptors().reserve(1);
    if (error < 0) {
      op.done(error);
      return;
    }
    op.out = socket;
    op.kept = TRIES;
    receive(op);
  }

  private static void receive(Operation op) {
    op.step = RECEIVING;
    PassedMessage.prepare(op.scratch);
    int flags = PassedMessage.FLAGS;
    op.call(Nr.RECVMSG, op.out, op.scratch + PassedMessage.HEADER, flags, 0, 0, 0);
  }

  @Override
  void ended(Operation op, long result) {
    if (op.step == RECEIVING) {
      received(op, result);
    } else if (result < 0) {
      refuse(op, result);
    } else {
      asked(op, result);
    }
  }

  private static void received(Operation op, long result) {
    op.host = PassedMessage.descriptor(op.scratch, 0);
    op.secondHost = PassedMessage.descriptor(op.scratch, 1);
    if (result <= 0) {
      refuse(op, result == 0 || result == -Errno.EAGAIN ? -Errno.ENOMSG : result);
      return;
    }
    boolean isWanted = PassedMessage.cookie(op.scratch, result) == op.argument(0);
    if (!isWanted && --op.kept > 0) {
      op.closeOwn();
      receive(op);
    } else if (!isWanted) {
      refuse(op, -Errno.ENOMSG);
    } else if (op.host < 0 || op.secondHost >= 0) {
      refuse(op, -Errno.EINVAL);
    } else {
      op.step = FLAGS;
      op.call(Nr.FCNTL, op.host, Sys.F_GETFL, 0, 0, 0, 0);
    }
  }

  private void asked(Operation op, long result) {
    int error =
        switch (op.step) {
          case FLAGS -> flags(op, (int) result);
          case TYPE -> type(op);
          case FILE_SYSTEM -> fileSystem(op);
          case NAME -> name(op, (int) result);
          case FAMILY -> family(op);
          default -> maker(op);
        };
    if (error < 0) {
      refuse(op, error);
    }
  }

  private static int flags(Operation op, int flags) {
    if ((flags & Sys.O_PATH) != 0) {
      return -Errno.EBADF;
    }
    op.kept = flags;
    op.step = TYPE;
    int how = Stat.AT_EMPTY_PATH | PassedFile.AT_STATX_DONT_SYNC;
    op.call(
        Nr.STATX,
        op.host,
        op.scratch + Scratch.EMPTY,
        how,
        Stat.STATX_TYPE,
        op.scratch + Scratch.STATX,
        0);
    return 0;
  }

  private int type(Operation op) {
    int type = Memory.getUnsignedShort(op.scratch + Scratch.STATX + Stat.MODE) & Stat.S_IFMT;
    int error = permitted.type(type, (int) op.kept, op.isOwnUser());
    if (error < 0) {
      return error;
    }
    op.out = type;
    if (type == Stat.S_IFSOCK) {
      op.step = FAMILY;
      option(op, PassedFile.SO_DOMAIN, 4);
    } else {
      op.step = FILE_SYSTEM;
      op.call(Nr.FSTATFS, op.host, op.scratch + Scratch.STATX, 0, 0, 0, 0);
    }
    return 0;
  }

  private int fileSystem(Operation op) {
    int error = permitted.fileSystem(op.scratch + Scratch.STATX, op.isOwnUser());
    if (error < 0) {
      return error;
    }
    op.step = NAME;
    long link = PassedFile.link(op.scratch + Scratch.SMALL, op.host);
    op.call(
        Nr.READLINKAT,
        Sys.AT_FDCWD,
        link,
        op.scratch + Scratch.SECOND_PATH,
        CString.PATH_MAX,
        0,
        0);
    return 0;
  }

  private int name(Operation op, int length) {
    int error = permitted.name(op.scratch + Scratch.SECOND_PATH, length, (int) op.out);
    return error < 0 ? error : take(op);
  }

  private int family(Operation op) {
    int family = Memory.getInt(op.scratch + PassedMessage.VALUE);
    int error = permitted.family(family, op.isOwnUser());
    if (error < 0 || family != PassedFile.AF_UNIX) {
      return error < 0 ? error : take(op);
    }
    op.step = MAKER;
    option(op, PassedFile.SO_PEERCRED, 12);
    return 0;
  }

  private static int maker(Operation op) {
    boolean isOurs = PassedFile.isOurs(Memory.getInt(op.scratch + PassedMessage.VALUE));
    return isOurs ? -Errno.EPERM : take(op);
  }

  private static void option(Operation op, int option, int length) {
    long to = op.scratch + PassedMessage.VALUE;
    Memory.putInt(to - 4, length);
    op.call(Nr.GETSOCKOPT, op.host, PassedFile.SOL_SOCKET, option, to, to - 4, 0);
  }

  private static int take(Operation op) {
    int host = op.host;
    op.host = -1;
    boolean isFile = PassedFile.isFile((int) op.out);
    int kind = isFile ? Descriptor.PASSED_FILE : Descriptor.PASSED_CHANNEL;
    op.done(op.install(host, kind, (int) op.kept, DescriptorTable.FIRST));
    return 0;
  }

  private static void refuse(Operation op, long error) {
    op.descriptors().unreserve(1);
    op.done(error);
  }

  @Override
  void abandoned(Operation op) {
    if (!op.isDone()) {
      op.descriptors().unreserve(1);
    }
  }
}
