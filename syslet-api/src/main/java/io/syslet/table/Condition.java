package io.syslet.table;

import io.syslet.Nr;
import io.syslet.Sys;

/** What a call's arguments decide. Constants: the headers of {@code include/uapi/linux}. */
final class Condition {
  private static final int FUTEX_PRIVATE_FLAG = 128;
  private static final int FUTEX_CLOCK_REALTIME = 256;

  /**
   * By futex operation: LOCK_PI, UNLOCK_PI, TRYLOCK_PI, WAIT_REQUEUE_PI, CMP_REQUEUE_PI, LOCK_PI2.
   */
  private static final int FUTEX_PI = 1 << 6 | 1 << 7 | 1 << 8 | 1 << 11 | 1 << 12 | 1 << 13;

  private static final int PIDFD_THREAD = Sys.O_EXCL;

  private static final int KEYCTL_JOIN_SESSION_KEYRING = 1;
  private static final int KEYCTL_SET_REQKEY_KEYRING = 14;
  private static final int KEYCTL_SESSION_TO_PARENT = 18;

  private static final int TRUNCATING =
      Sys.O_CREAT | Sys.O_TRUNC | (Sys.O_TMPFILE & ~Sys.O_DIRECTORY);

  private Condition() {}

  /** Of a call whose trait is {@link Trait#CONDITIONAL}: whether it concerns the thread itself. */
  static boolean refuses(int nr, int a0, int a1) {
    if (nr == Nr.FUTEX) {
      return isPriorityInheriting(a1);
    }
    if (nr == Nr.KEYCTL) {
      return isThreadKeyring(a0);
    }
    if (nr == Nr.PIDFD_OPEN) {
      return (a1 & PIDFD_THREAD) != 0;
    }
    return (secondNamesThread(nr) ? a1 : a0) == 0;
  }

  private static boolean secondNamesThread(int nr) {
    return nr == Nr.SETPRIORITY
        || nr == Nr.IOPRIO_SET
        || nr == Nr.IOPRIO_GET
        || nr == Nr.PERF_EVENT_OPEN;
  }

  private static boolean isPriorityInheriting(int op) {
    int command = op & ~(FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME);
    return command >>> 5 == 0 && (FUTEX_PI >>> command & 1) != 0;
  }

  private static boolean isThreadKeyring(int operation) {
    return operation == KEYCTL_JOIN_SESSION_KEYRING
        || operation == KEYCTL_SET_REQKEY_KEYRING
        || operation == KEYCTL_SESSION_TO_PARENT;
  }

  /** Of a call whose trait is {@link Trait#EFFECTS}: whether these arguments have some. */
  static boolean hasEffects(int nr, int a1, int a2) {
    if (nr == Nr.OPENAT) {
      return (a2 & TRUNCATING) != 0;
    }
    if (nr == Nr.OPEN) {
      return (a1 & TRUNCATING) != 0;
    }
    return nr != Nr.FCNTL || !isQuery(a1);
  }

  private static boolean isQuery(int command) {
    return (command >= Sys.F_DUPFD && command <= Sys.F_GETLK)
        || command == Sys.F_DUPFD_CLOEXEC
        || command == Sys.F_GETPIPE_SZ;
  }
}
