package io.syslet.server.policy;

import io.syslet.Errno;

/** What permission bits a client may give to a file. */
final class Modes {
  private static final int SET_ID = 06000;

  private Modes() {}

  /** 0; −EPERM for a program that would run as the server's user or group. */
  static int permitted(int mode) {
    return (mode & SET_ID) == 0 ? 0 : -Errno.EPERM;
  }
}
