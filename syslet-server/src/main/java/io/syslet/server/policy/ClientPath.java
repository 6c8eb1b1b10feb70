package io.syslet.server.policy;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.ring.Memory;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A path of a client, confined to the root that is served.
 *
 * <p>The text is a private copy, so what was checked is what is used. An absolute path is one
 * relative to the root: leading slashes are taken off. Then there are two ways:
 *
 * <ul>
 *   <li><b>resolve</b>: {@code openat2} with RESOLVE_BENEATH and RESOLVE_NO_MAGICLINKS from the
 *       directory on. The kernel follows {@code ..} and links as long as they stay below, also
 *       while others rename; −EXDEV else. −EAGAIN means that it could not tell because of a rename.
 *   <li><b>name</b>: one component that is not {@code ..}, for a call that does not follow a link
 *       in it, needs none of that. Looking up one name in a directory yields an entry of this
 *       directory, or what is mounted there, and nothing else can: a slash is needed to go further,
 *       a link or {@code ..} to go elsewhere. The directory itself is held open, and was found
 *       beneath the root.
 * </ul>
 *
 * As with each descriptor in Linux, a directory that somebody moves out of the root while it is
 * open can still be used.
 */
final class ClientPath {
  /** How often a path is tried that others' renames disturb. */
  static final int TRIES = 16;

  private static final int RESOLVE_NO_MAGICLINKS = 0x2;
  private static final int HOW_LENGTH = 24;
  private static final int LONGEST_GIVEN = 256;
  private static final byte SLASH = '/';
  private static final byte DOT = '.';

  private final Operation op;
  private final long buffer;
  private long text;
  private int length;
  private int taken;
  private int base;
  private boolean isName;
  private int tries;

  ClientPath(Operation op, long buffer) {
    this.op = op;
    this.buffer = buffer;
  }

  /**
   * Copies a path from the client's memory and finds the directory that it begins at.
   *
   * @param dirfd as the client says; not looked at if the path is absolute.
   * @return 0; −EFAULT, −ENAMETOOLONG, −EBADF.
   */
  int take(int dirfd, long address) {
    int copied = op.copyPath(address, buffer);
    if (copied < 0) {
      return copied;
    }
    tries = 0;
    text = buffer;
    length = copied;
    taken = copied;
    if (length > 0 && Memory.getByte(text) == SLASH) {
      return takeAbsolute();
    }
    isName = length > 0 && isName(text, length);
    base = op.base(dirfd);
    return Math.min(base, 0);
  }

  /** Another call begins, which has no path yet. */
  void reset() {
    taken = 0;
  }

  /** The path as the client gave it, its beginning if it is long; null if none was taken. */
  @Nullable String given() {
    if (taken == 0) {
      return null;
    }
    byte[] bytes = new byte[Math.min(taken, LONGEST_GIVEN)];
    for (int i = 0; i < bytes.length; i++) {
      byte each = Memory.getByte(buffer + i);
      bytes[i] = each == 0 ? SLASH : each; // split has put a NUL there
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private int takeAbsolute() {
    while (Memory.getByte(text) == SLASH) {
      text++;
      length--;
    }
    if (length == 0) {
      text = buffer;
      length = 1;
      Memory.putByte(text, DOT);
      Memory.putByte(text + 1, (byte) 0);
    }
    isName = isName(text, length);
    base = op.process().root();
    return 0;
  }

  /** Whether it is one component and not {@code ..}. */
  private static boolean isName(long at, int count) {
    for (int i = 0; i < count; i++) {
      if (Memory.getByte(at + i) == SLASH) {
        return false;
      }
    }
    return !(count == 2 && Memory.getByte(at) == DOT && Memory.getByte(at + 1) == DOT);
  }

  /** Whether the client gave no path at all. */
  boolean isEmpty() {
    return length == 0;
  }

  /** Whether a call that does not follow links can be made with {@link #text} itself. */
  boolean isName() {
    return isName;
  }

  /** The host's descriptor that the text is relative to. */
  int base() {
    return base;
  }

  /** Where the text lies, up to a NUL. */
  long text() {
    return text;
  }

  /** The next host call: opens the path, beneath the root. */
  void open(long flags, long mode, long resolve) {
    long how = op.scratch + Scratch.HOW;
    Memory.putLong(how, flags);
    Memory.putLong(how + 8, mode);
    Memory.putLong(how + 16, resolve | Sys.RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS);
    op.call(Nr.OPENAT2, base, text, how, HOW_LENGTH, 0, 0);
  }

  /** Whether {@link #open} is worth another try. */
  boolean mayTryAgain(long result) {
    return result == -Errno.EAGAIN && ++tries < TRIES;
  }

  /**
   * Cuts the path before its last component. Afterwards the text is that of the parent, {@code .}
   * if there is none; the result is where the last component lies, with the slashes behind it.
   *
   * @return −EXDEV if the last component is {@code ..}.
   */
  long split() {
    int end = length;
    while (end > 0 && Memory.getByte(text + end - 1) == SLASH) {
      end--;
    }
    int start = end;
    while (start > 0 && Memory.getByte(text + start - 1) != SLASH) {
      start--;
    }
    if (!isName(text + start, end - start)) {
      return -Errno.EXDEV;
    }
    // A parent always ends in a slash, whose place takes the NUL.
    long last = text + start;
    if (start > 0) {
      Memory.putByte(last - 1, (byte) 0);
    }
    length = Math.max(start - 1, 0);
    isName = start == 0;
    return last;
  }
}
