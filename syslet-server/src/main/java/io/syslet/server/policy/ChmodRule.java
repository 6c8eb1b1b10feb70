package io.syslet.server.policy;

import io.syslet.CString;
import io.syslet.Nr;
import io.syslet.Sys;
import java.nio.charset.StandardCharsets;

/**
 * fchmodat, chmod. A descriptor that was opened with O_PATH cannot be changed by its number before
 * Linux 6.6; by its name in {@code /proc/self/fd} it can.
 */
final class ChmodRule extends LookupRule {
  private final int modeArgument;

  private ChmodRule(int dirfd, int path) {
    super(dirfd, path);
    this.modeArgument = path + 1;
  }

  static ChmodRule fchmodat() {
    return new ChmodRule(0, 1);
  }

  static ChmodRule chmod() {
    return new ChmodRule(-1, 0);
  }

  @Override
  int prepare(Operation op) {
    return Modes.permitted(op.intArgument(modeArgument));
  }

  @Override
  void found(Operation op, int descriptor, long empty) {
    long name = op.scratch + Scratch.SMALL;
    CString.put(name, ("/proc/self/fd/" + descriptor).getBytes(StandardCharsets.US_ASCII));
    op.call(Nr.FCHMODAT, Sys.AT_FDCWD, name, op.intArgument(modeArgument), 0, 0, 0);
  }
}
