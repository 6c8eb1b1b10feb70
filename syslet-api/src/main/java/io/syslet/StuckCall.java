package io.syslet;

import io.syslet.table.CallTable;

/**
 * A call that has been completed, and yet sleeps on in the host's kernel, since that sleep cannot
 * be interrupted: it still may write to its memory.
 *
 * @param nr its number ({@link Nr}).
 * @param fd the descriptor that it names first; −1 for none.
 * @param callerData its caller data.
 */
public record StuckCall(long nr, int fd, long callerData) {
  /** The call by name: {@code "read(5), caller data 7"}. */
  @Override
  public String toString() {
    String descriptor = fd < 0 ? "" : String.valueOf(fd);
    return CallTable.name(nr) + "(" + descriptor + "), caller data " + callerData;
  }
}
