package io.syslet.examples.copy;

import io.syslet.CString;
import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Stat;
import io.syslet.ring.Memory;

/**
 * Gives a copy what its original has: owner, extended attributes, permissions and times, in this
 * order, since each takes something from those after it. Who may not give files away gives them
 * their group if it can, and no set-user-id and the like then.
 */
final class Attributes {
  private static final byte[] ITSELF = {};
  private static final int PERMISSIONS = 07777;
  private static final int PLAIN_PERMISSIONS = 0777;

  /** The kernel's own limits, of a list and of a value. */
  private static final int MOST = 64 * 1024;

  private static final byte[] USER = {'u', 's', 'e', 'r', '.'};

  private final Hand hand;

  Attributes(Hand hand) {
    this.hand = hand;
  }

  /** To a file or folder by descriptors. */
  void give(int from, int to, Found found) throws CallFailedException {
    int mode = own(to, ITSELF, found);
    copyExtended(from, to);
    CallFailedException.attribute(hand.permit(to, ITSELF, mode));
    CallFailedException.attribute(hand.time(to, ITSELF, found));
  }

  /** To what has only a name; nothing but root has extended attributes for such. */
  void give(int dirfd, byte[] name, Found found) throws CallFailedException {
    int mode = own(dirfd, name, found);
    if (found.type() != Stat.S_IFLNK) {
      CallFailedException.attribute(hand.permit(dirfd, name, mode));
    }
    CallFailedException.attribute(hand.time(dirfd, name, found));
  }

  /** Sets the owner if that is allowed; the permissions to set. */
  private int own(int dirfd, byte[] name, Found found) throws CallFailedException {
    long owned = hand.own(dirfd, name, found.uid(), found.gid());
    if (owned == -Errno.EPERM || owned == -Errno.EINVAL) {
      long grouped = hand.own(dirfd, name, -1, found.gid());
      if (grouped != -Errno.EPERM && grouped != -Errno.EINVAL) {
        CallFailedException.attribute(grouped);
      }
      return found.mode() & PLAIN_PERMISSIONS;
    }
    CallFailedException.attribute(owned);
    return found.mode() & PERMISSIONS;
  }

  private void copyExtended(int from, int to) throws CallFailedException {
    long length = hand.call(Nr.FLISTXATTR, from, hand.buffer, MOST, 0, 0, 0);
    if (length == -Errno.EOPNOTSUPP) {
      return;
    }
    long end = hand.buffer + CallFailedException.from(length);
    for (long name = hand.buffer; name < end; ) {
      copyExtended(from, to, name);
      name += CString.length(name, (int) (end - name)) + 1;
    }
  }

  private void copyExtended(int from, int to, long name) throws CallFailedException {
    long value = hand.buffer + MOST;
    long length = hand.call(Nr.FGETXATTR, from, name, value, MOST, 0, 0);
    if (length < 0) {
      check(name, length, false);
      return;
    }
    check(name, hand.call(Nr.FSETXATTR, to, name, value, length, 0, 0), true);
  }

  /** Attributes of the system that cannot be had or given are left out, as cp does. */
  private static void check(long name, long status, boolean isTarget) throws CallFailedException {
    boolean isMissing = status == -Errno.EOPNOTSUPP || status == -Errno.ENODATA;
    boolean isForbidden = status == -Errno.EPERM || status == -Errno.EACCES;
    if (isMissing || (isForbidden && !isUsers(name))) {
      return;
    }
    if (isTarget) {
      CallFailedException.attribute(status);
    } else {
      CallFailedException.from(status);
    }
  }

  private static boolean isUsers(long name) {
    for (int i = 0; i < USER.length; i++) {
      if (Memory.getByte(name + i) != USER[i]) {
        return false;
      }
    }
    return true;
  }
}
