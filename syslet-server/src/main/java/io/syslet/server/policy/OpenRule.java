package io.syslet.server.policy;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Stat;
import io.syslet.Sys;
import io.syslet.ring.Memory;
import org.jspecify.annotations.Nullable;

/**
 * open, creat, openat, openat2: a file of the root becomes a descriptor of the session.
 *
 * <p>Regular files and directories only: a device may do things when it is opened, and a FIFO may
 * wait for ever. So everything is opened with O_NONBLOCK, which means nothing to those two, and
 * what is not known to be a directory is asked for its type before the client gets it, and, if it
 * is on no device, for its file system: procfs and its like show the server's own memory.
 */
final class OpenRule extends Rule {
  private static final int WITH_PATH =
      Sys.O_PATH | Sys.O_DIRECTORY | Sys.O_NOFOLLOW | Sys.O_CLOEXEC;
  private static final int MAKES = Sys.O_CREAT | (Sys.O_TMPFILE & ~Sys.O_DIRECTORY);
  private static final int ALWAYS = Sys.O_CLOEXEC | Sys.O_NOCTTY | Sys.O_NONBLOCK;
  private static final int NOT_TOLD = Sys.O_CREAT | Sys.O_EXCL | Sys.O_NOCTTY | Sys.O_TRUNC;
  private static final int MODE = 07777;
  private static final int DEVICE_MAJOR = 136;

  private static final int OPENING = 0;
  private static final int OPENING_NAME = 1;
  private static final int ASKING = 2;
  private static final int ASKING_WHERE = 3;

  private final OpenForm form;
  private final boolean canWrite;
  private final @Nullable HiddenFolder hidden;

  /**
   * @param hidden of which nothing is opened; null for none.
   */
  OpenRule(OpenForm form, boolean canWrite, @Nullable HiddenFolder hidden) {
    this.form = form;
    this.canWrite = canWrite;
    this.hidden = hidden;
  }

  @Override
  void start(Operation op) {
    int error = form.read(op);
    if (error == 0) {
      error = permitted(op);
    }
    if (error == 0) {
      error = op.path.take(form.dirfd(op), form.path(op));
    }
    if (error == 0 && op.path.isEmpty()) {
      error = -Errno.ENOENT;
    }
    if (error == 0) {
      error = op.descriptors().reserve(1);
    }
    if (error < 0) {
      op.done(error);
    } else {
      open(op);
    }
  }

  private int permitted(Operation op) {
    long flags = form.flags(op);
    if ((flags & ~(long) (OpenForm.READABLE | OpenForm.WRITABLE)) != 0) {
      return -Errno.EINVAL;
    }
    if (!canWrite && (flags & OpenForm.WRITABLE) != 0) {
      return -Errno.EPERM;
    }
    return (flags & MAKES) != 0 ? Modes.permitted((int) form.mode(op)) : 0;
  }

  private void open(Operation op) {
    int flags = (int) form.flags(op);
    int host = (flags & Sys.O_PATH) != 0 ? (flags & WITH_PATH) | Sys.O_CLOEXEC : flags | ALWAYS;
    long mode = (flags & MAKES) != 0 ? form.mode(op) & MODE : 0;
    op.kept = flags;
    boolean known = (flags & (Sys.O_DIRECTORY | Sys.O_PATH)) != 0;
    if (op.path.isName() && (flags & Sys.O_NOFOLLOW) != 0 && form.resolve(op) == 0) {
      op.step = OPENING_NAME;
      op.isAlone = !known;
      op.call(Nr.OPENAT, op.path.base(), op.path.text(), host, mode, 0, 0);
    } else {
      op.step = OPENING;
      op.isAlone = true;
      op.path.open(host & 0xffff_ffffL, mode, form.resolve(op));
    }
  }

  @Override
  void ended(Operation op, long result) {
    if (op.step == ASKING) {
      asked(op, result);
    } else if (op.step == ASKING_WHERE) {
      askedWhere(op, result);
    } else if (result >= 0) {
      opened(op, (int) result);
    } else if (op.step == OPENING && op.path.mayTryAgain(result)) {
      open(op);
    } else {
      op.descriptors().unreserve(1);
      op.done(result);
    }
  }

  private void opened(Operation op, int host) {
    if (hidden != null && hidden.contains(host)) {
      op.host = host;
      refuse(op, -Errno.EACCES);
      return;
    }
    if (((int) op.kept & (Sys.O_DIRECTORY | Sys.O_PATH)) != 0) {
      install(op, host);
      return;
    }
    op.host = host;
    op.step = ASKING;
    op.call(
        Nr.STATX,
        host,
        op.scratch + Scratch.EMPTY,
        Stat.AT_EMPTY_PATH,
        Stat.STATX_TYPE,
        op.scratch + Scratch.STATX,
        0);
  }

  private static void asked(Operation op, long result) {
    int type = Memory.getUnsignedShort(op.scratch + Scratch.STATX + Stat.MODE) & Stat.S_IFMT;
    if (result != 0 || (type != Stat.S_IFREG && type != Stat.S_IFDIR)) {
      refuse(op, result < 0 ? result : -Errno.EPERM);
    } else if (Memory.getInt(op.scratch + Scratch.STATX + DEVICE_MAJOR) == 0) {
      op.step = ASKING_WHERE;
      op.call(Nr.FSTATFS, op.host, op.scratch + Scratch.STATX, 0, 0, 0, 0);
    } else {
      take(op);
    }
  }

  /** A file system without a device may be one that shows the server itself. */
  private static void askedWhere(Operation op, long result) {
    if (result < 0 || SpecialFiles.isOne(op.scratch + Scratch.STATX)) {
      refuse(op, result < 0 ? result : -Errno.EPERM);
    } else {
      take(op);
    }
  }

  private static void take(Operation op) {
    int host = op.host;
    op.host = -1;
    install(op, host);
  }

  private static void refuse(Operation op, long error) {
    op.descriptors().unreserve(1);
    op.done(error);
  }

  private static void install(Operation op, int host) {
    int flags = (int) op.kept;
    int told = (flags & ~NOT_TOLD) | ((flags & Sys.O_PATH) != 0 ? 0 : Sys.O_LARGEFILE);
    op.done(op.install(host, Descriptor.FILE, told, DescriptorTable.FIRST));
  }

  @Override
  void abandoned(Operation op) {
    if (!op.isDone()) {
      op.descriptors().unreserve(1);
    }
  }
}
