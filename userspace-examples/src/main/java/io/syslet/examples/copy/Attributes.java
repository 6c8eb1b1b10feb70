package io.syslet.examples.copy;

import io.syslet.CString;
import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Stat;
import io.syslet.ring.Memory;

/**
 * Gives a copy what its original has: owner, extended attributes, permissions and times, in this
 * order, since each takes something from those after it; and no access list that this has not. Who
 * may not give files away gives them their group if it can, and no set-user-id and the like then.
 */
final class Attributes {
  private static final byte[] ITSELF = {};
  private static final int PERMISSIONS = 07777;
  private static final int PLAIN_PERMISSIONS = 0777;

  /** The kernel's own limits, of a list and of a value. */
  private static final int MOST = 64 * 1024;

  private static final byte[] USER = {'u', 's', 'e', 'r', '.'};

  private final Hand hand;
  private final long accessList;
  private final long defaultList;

  Attributes(Hand hand) {
    this.hand = hand;
    this.accessList = hand.keep("system.posix_acl_access");
    this.defaultList = hand.keep("system.posix_acl_default");
  }

  /** To a file or folder by descriptors. */
  void give(int from, int to, Found found) throws CallFailedException {
    int mode = own(to, ITSELF, found);
    remove(to, accessList);
    if (found.type() == Stat.S_IFDIR) {
      remove(to, defaultList);
    }
    copyExtended(from, to);
    CallFailedException.attribute(hand.permit(to, mode));
    CallFailedException.attribute(hand.time(to, ITSELF, found));
  }

  /** To a symbolic link, which has no permissions. */
  void give(int dirfd, byte[] name, Found found) throws CallFailedException {
    own(dirfd, name, found);
    CallFailedException.attribute(hand.time(dirfd, name, found));
  }

  /**
   * To a FIFO or a device; nothing but root has extended attributes for such.
   *
   * @param node opened with O_PATH: its name may be a link of somebody else's by now.
   */
  void give(int node, Found found) throws CallFailedException {
    CallFailedException.to(hand.stat(node, ITSELF));
    CallFailedException.to(hand.found().type() == found.type() ? 0 : -Errno.ESTALE);
    int mode = own(node, ITSELF, found);
    check(accessList, hand.removeFromNode(node, accessList), true);
    CallFailedException.attribute(hand.permitNode(node, mode));
    CallFailedException.attribute(hand.timeNode(node, found));
  }

  /** Takes away what the folder that the copy is in has given it. */
  private void remove(int to, long name) throws CallFailedException {
    check(name, hand.call(Nr.FREMOVEXATTR, to, name, 0, 0, 0, 0), true);
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
