package io.syslet.kernel.sim.fs;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a regular file. What was there at boot is computed, what was written is kept, a page
 * at a time, and the rest is zero.
 */
final class Content {
  /** The pages that all files may keep together. */
  static final class Budget {
    private long left;

    Budget(long bytes) {
      left = bytes / Layout.BLOCK;
    }
  }

  private final long seed;
  private final Budget budget;
  private long generated;
  private @Nullable Map<Integer, byte[]> pages;

  /**
   * A file's content.
   *
   * @param generated how many bytes were there at boot.
   */
  Content(long seed, Budget budget, long generated) {
    this.seed = seed;
    this.budget = budget;
    this.generated = generated;
  }

  /** Whether the page can be written to: false if that would exceed the budget. */
  boolean reserve(int page) {
    return (pages != null && pages.containsKey(page)) || budget.left > 0;
  }

  /** Copies a part of a page to an address. */
  void read(int page, int from, int count, long address) {
    byte[] written = pages == null ? null : pages.get(page);
    if (written != null) {
      UserCopy.out(written, from, address, count);
    } else if ((long) page * Layout.BLOCK + from < generated) {
      UserCopy.out(generate(page), from, address, count);
    } else {
      UserCopy.clear(address, count);
    }
  }

  /** Copies bytes from an address to a page that was {@link #reserve reserved}. */
  void write(int page, int from, int count, long address) {
    UserCopy.in(address, page(page), from, count);
  }

  private byte[] page(int page) {
    Map<Integer, byte[]> kept = pages == null ? new HashMap<>() : pages;
    pages = kept;
    byte[] written = kept.get(page);
    if (written == null) {
      written = generate(page);
      kept.put(page, written);
      budget.left--;
    }
    return written;
  }

  private byte[] generate(int page) {
    byte[] bytes = new byte[Layout.BLOCK];
    long first = (long) page * Layout.BLOCK;
    int end = (int) Math.max(0, Math.min(Layout.BLOCK, generated - first));
    for (int i = 0; i < end; i += Long.BYTES) {
      long word = Hash.mix(seed, first + i);
      for (int j = i; j < Math.min(end, i + Long.BYTES); j++) {
        bytes[j] = (byte) (' ' + 1 + (word & 63));
        word >>>= 8;
      }
    }
    return bytes;
  }

  /** Makes zero of all behind a size, which reading behind the end of the file must give. */
  void cut(long size) {
    generated = Math.min(generated, size);
    if (pages == null) {
      return;
    }
    long first = (size + Layout.BLOCK - 1) / Layout.BLOCK;
    int before = pages.size();
    pages.keySet().removeIf(page -> page >= first);
    budget.left += before - pages.size();
    byte[] last = pages.get((int) (size / Layout.BLOCK));
    if (last != null) {
      Arrays.fill(last, (int) (size % Layout.BLOCK), Layout.BLOCK, (byte) 0);
    }
  }
}
