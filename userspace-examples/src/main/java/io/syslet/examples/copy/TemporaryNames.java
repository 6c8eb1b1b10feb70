package io.syslet.examples.copy;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Names for copies that are not whole yet. Only a whole one gets its own name; so whoever is killed
 * leaves these behind at worst, and they can be told from all else. Any task.
 */
final class TemporaryNames {
  private static final String BEGINNING =
      ".syslet-copy-"
          + ProcessHandle.current().pid()
          + "-"
          + Long.toHexString(System.currentTimeMillis())
          + "-";

  private final AtomicLong next = new AtomicLong();

  byte[] next() {
    return (BEGINNING + next.incrementAndGet()).getBytes(StandardCharsets.US_ASCII);
  }
}
