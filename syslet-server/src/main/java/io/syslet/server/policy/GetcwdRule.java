package io.syslet.server.policy;

import io.syslet.CString;
import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.ring.Memory;
import java.nio.charset.StandardCharsets;

/** getcwd: the path of the session's current directory below the root, the root being {@code /}. */
final class GetcwdRule extends Rule {
  private static final byte SLASH = '/';

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
      long name = op.scratch + Scratch.SMALL;
      CString.put(name, ("/proc/self/fd/" + host).getBytes(StandardCharsets.US_ASCII));
      long path = op.scratch + Scratch.PATH;
      op.call(Nr.READLINKAT, Sys.AT_FDCWD, name, path, Scratch.PATH_MAX, 0, 0);
    }
  }

  @Override
  void ended(Operation op, long result) {
    op.done(result < 0 ? result : tell(op, result));
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
