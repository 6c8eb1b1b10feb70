package io.syslet.server.policy;

import io.syslet.CString;
import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Stat;
import io.syslet.Sys;
import io.syslet.ring.Memory;
import java.nio.charset.StandardCharsets;

/**
 * getcwd: the path of the session's current directory below the root, the root being {@code /}.
 *
 * <p>The kernel marks the path of a directory that was removed; one whose name ends like that is
 * asked whether it has a name at all.
 */
final class GetcwdRule extends Rule {
  private static final byte SLASH = '/';
  private static final byte[] MARK = " (deleted)".getBytes(StandardCharsets.US_ASCII);
  private static final int COUNTING = 1;

  @Override
  void start(Operation op) {
    op.out = op.memory(0);
    op.isAlone = true;
    if (op.argument(1) == 0) {
      op.done(-Errno.EINVAL);
    } else if (op.out <= 0) {
      op.done(-Errno.EFAULT);
    } else {
      int host = op.base(Sys.AT_FDCWD);
      op.kept = host;
      long name = op.scratch + Scratch.SMALL;
      CString.put(name, ("/proc/self/fd/" + host).getBytes(StandardCharsets.US_ASCII));
      long path = op.scratch + Scratch.PATH;
      op.call(Nr.READLINKAT, Sys.AT_FDCWD, name, path, CString.PATH_MAX, 0, 0);
    }
  }

  @Override
  void ended(Operation op, long result) {
    if (result < 0) {
      op.done(result);
    } else if (op.step == COUNTING) {
      boolean isGone = Memory.getInt(op.scratch + Scratch.STATX + Stat.NLINK) == 0;
      op.done(isGone ? -Errno.ENOENT : tell(op, op.kept));
    } else if (isMarked(op, result)) {
      count(op, result);
    } else {
      op.done(tell(op, result));
    }
  }

  private static boolean isMarked(Operation op, long length) {
    long mark = op.scratch + Scratch.PATH + length - MARK.length;
    return length >= MARK.length && CString.startsWith(mark, MARK);
  }

  /** Asks how many names the directory has. */
  private static void count(Operation op, long length) {
    long host = op.kept;
    op.step = COUNTING;
    op.kept = length;
    long to = op.scratch + Scratch.STATX;
    long name = op.scratch + Scratch.EMPTY;
    op.call(Nr.STATX, host, name, Stat.AT_EMPTY_PATH, Stat.STATX_NLINK, to, 0);
  }

  private static long tell(Operation op, long length) {
    byte[] root = op.process().rootPath();
    long path = op.scratch + Scratch.PATH;
    if (length < root.length || !CString.startsWith(path, root)) {
      return -Errno.ENOENT;
    }
    long below = length - root.length;
    if (below > 0 && Memory.getByte(path + root.length) != SLASH) {
      return -Errno.ENOENT;
    }
    long total = Math.max(below, 1) + 1;
    if (total > op.argument(1)) {
      return -Errno.ERANGE;
    }
    Memory.putByte(op.out, SLASH);
    Memory.copy(path + root.length, op.out, below);
    Memory.putByte(op.out + total - 1, (byte) 0);
    return total;
  }
}
