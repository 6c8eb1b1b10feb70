package io.syslet.server.policy;

import io.syslet.ring.Memory;

/**
 * The message by which a client passes a descriptor, as recvmsg(2) writes it to private memory.
 *
 * <pre>
 *     0  struct msghdr                 0  name, 8  its length: none
 *                                     16  vector, 24  of one element
 *                                     32  control, 40  its length, 48  flags
 *    64  struct iovec
 *    80  the cookie, u64
 *    96  struct cmsghdr, 16 bytes, and room for two descriptors
 *   124  length of a socket option, and the option
 * </pre>
 *
 * The kernel closes what there is no room for, so more than one is seen by the second.
 */
final class PassedMessage {
  static final int HEADER = 0;
  static final int VALUE = 128;

  /** MSG_DONTWAIT, MSG_CMSG_CLOEXEC. */
  static final int FLAGS = 0x40000040;

  private static final int VECTOR = 64;
  private static final int COOKIE = 80;
  private static final int CONTROL = 96;
  private static final int CONTROL_HEADER = 16;
  private static final int ROOM = CONTROL_HEADER + 2 * Integer.BYTES;
  private static final int CONTROL_LENGTH = 40;
  private static final long SOL_SOCKET_SCM_RIGHTS = 1L << 32 | 1;

  private PassedMessage() {}

  /** Lays the message out at an address, with nothing received. */
  static void prepare(long at) {
    Memory.clear(at, VALUE);
    Memory.putLong(at + 16, at + VECTOR);
    Memory.putLong(at + 24, 1);
    Memory.putLong(at + 32, at + CONTROL);
    Memory.putLong(at + CONTROL_LENGTH, ROOM);
    Memory.putLong(at + VECTOR, at + COOKIE);
    Memory.putLong(at + VECTOR + 8, Long.BYTES);
  }

  /** What the client calls the message, of so many bytes; 0, which is no cookie, if it is short. */
  static long cookie(long at, long received) {
    return received == Long.BYTES ? Memory.getLong(at + COOKIE) : 0;
  }

  /** Descriptor 0 or 1 that came with the message, or −1. */
  static int descriptor(long at, int i) {
    boolean isThere =
        Memory.getLong(at + CONTROL_LENGTH) >= CONTROL_HEADER
            && Memory.getLong(at + CONTROL + 8) == SOL_SOCKET_SCM_RIGHTS
            && Memory.getLong(at + CONTROL) >= CONTROL_HEADER + (i + 1L) * Integer.BYTES;
    return isThere ? Memory.getInt(at + CONTROL + CONTROL_HEADER + (long) i * Integer.BYTES) : -1;
  }
}
