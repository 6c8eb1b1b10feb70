package io.syslet.examples;

import java.math.BigInteger;

/**
 * What a walk found, and how.
 *
 * @param entries everything below the directory, hard links each time.
 * @param directories the directories among them.
 * @param bytes the sum of st_size, exact.
 * @param errors what could not be read.
 * @param calls system calls made.
 * @param pending those that were answered −ESYSLETPENDING.
 * @param elapsedNanos the walk alone.
 */
public record WalkResult(
    long entries,
    long directories,
    BigInteger bytes,
    long errors,
    long calls,
    long pending,
    long elapsedNanos) {
  /** Calls that returned their result at once. */
  public long completedInline() {
    return calls - pending;
  }
}
