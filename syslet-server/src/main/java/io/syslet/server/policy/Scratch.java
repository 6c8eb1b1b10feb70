package io.syslet.server.policy;

import io.syslet.CString;

/**
 * The private memory of a call under way: what it took from the client's memory before it was
 * checked, and what the host's calls made for it point at.
 *
 * <pre>
 *       0  +--------------------------------+  or iovec[1024], or pollfd[1024], for calls
 *          | path, PATH_MAX bytes           |  without a path
 *    4096  +--------------------------------+
 *          | second path                    |
 *    8192  +--------------------------------+
 *          | (arrays go on)                 |
 *   16384  +--------------------------------+
 *          | struct open_how                |
 *   16416  | struct timespec                |
 *   16432  | struct pollfd                  |
 *   16440  | an empty path, NUL             |
 *   16448  | a small struct that is read    |
 *   16640  | struct statx, struct stat      |
 *   16896  | the client's registers         |
 *   16960  | the registers of a call that   |
 *          | is made again                  |
 *   17088  +--------------------------------+
 * </pre>
 *
 * The length is an odd multiple of a cache line, so that neighbours' paths do not fall into the
 * same cache sets.
 */
final class Scratch {
  static final int PATH = 0;
  static final int SECOND_PATH = CString.PATH_MAX;
  static final int ARRAY = 0;

  /** Elements of an iovec (UIO_MAXIOV) or pollfd array. */
  static final int ARRAY_MAX = 1024;

  static final int HOW = 16384;
  static final int TIME = 16416;
  static final int POLL = 16432;
  static final int EMPTY = 16440;
  static final int SMALL = 16448;
  static final int STATX = 16640;
  static final int REGISTERS = 16896;
  static final int SAVED = 16960;
  static final int LENGTH = 17088;

  private Scratch() {}
}
