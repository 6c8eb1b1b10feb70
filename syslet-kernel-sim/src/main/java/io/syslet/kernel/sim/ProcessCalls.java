package io.syslet.kernel.sim;

import io.syslet.Errno;
import io.syslet.Nr;

/**
 * Who the process is, and what it may: getpid, setuid and the like. As POSIX has it, and not as
 * Linux does, a change of credentials concerns the whole process; so the machine makes calls that
 * the entry on Linux refuses because they would change the thread under a program alone.
 */
final class ProcessCalls {
  private static final int KEEP = -1;

  private final MachineCore machine;

  ProcessCalls(MachineCore machine) {
    this.machine = machine;
  }

  void register(SimCalls calls) {
    calls.put(Nr.GETPID, (process, a, b, c, d, e, f) -> SimProcess.ID);
    calls.put(Nr.GETPPID, (process, a, b, c, d, e, f) -> SimProcess.PARENT);
    calls.put(Nr.GETUID, (process, a, b, c, d, e, f) -> process.credentials().uid());
    calls.put(Nr.GETEUID, (process, a, b, c, d, e, f) -> process.credentials().effectiveUid());
    calls.put(Nr.GETGID, (process, a, b, c, d, e, f) -> process.credentials().gid());
    calls.put(Nr.GETEGID, (process, a, b, c, d, e, f) -> process.credentials().effectiveGid());
    calls.put(Nr.SETUID, (process, id, b, c, d, e, f) -> setuid(process, (int) id));
    calls.put(Nr.SETGID, (process, id, b, c, d, e, f) -> setgid(process, (int) id));
    calls.put(Nr.UMASK, (process, mask, b, c, d, e, f) -> process.umask((int) mask));
    calls.put(Nr.SCHED_YIELD, (process, a, b, c, d, e, f) -> yieldProcessor());
  }

  /** setuid(2): 0; −EINVAL; −EPERM. */
  private static long setuid(SimProcess process, int id) {
    Credentials now = process.credentials();
    if (id == KEEP) {
      return -Errno.EINVAL;
    }
    if (now.isPrivileged()) {
      process.credentials(now.users(id, id, id));
      return 0;
    }
    if (id != now.uid() && id != now.savedUid()) {
      return -Errno.EPERM;
    }
    process.credentials(now.users(now.uid(), id, now.savedUid()));
    return 0;
  }

  /** setgid(2): 0; −EINVAL; −EPERM. */
  private static long setgid(SimProcess process, int id) {
    Credentials now = process.credentials();
    if (id == KEEP) {
      return -Errno.EINVAL;
    }
    if (now.isPrivileged()) {
      process.credentials(now.groups(id, id, id));
      return 0;
    }
    if (id != now.gid() && id != now.savedGid()) {
      return -Errno.EPERM;
    }
    process.credentials(now.groups(now.gid(), id, now.savedGid()));
    return 0;
  }

  private long yieldProcessor() {
    machine.yieldProcessor();
    return 0;
  }
}
