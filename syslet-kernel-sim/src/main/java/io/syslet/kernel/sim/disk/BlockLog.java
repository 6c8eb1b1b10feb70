package io.syslet.kernel.sim.disk;

import java.util.Arrays;

/** The requests that a disk was given, in their order: two longs each. */
public final class BlockLog {
  private long[] words = new long[1024];
  private int size;

  /** No requests yet. */
  public BlockLog() {}

  void add(DiskRequest request) {
    add(request.sector, request.sectors, request.write);
  }

  /** Adds a request. */
  public void add(long sector, int sectors, boolean write) {
    if (2 * size == words.length) {
      words = Arrays.copyOf(words, 2 * words.length);
    }
    words[2 * size] = sector;
    words[2 * size + 1] = (long) sectors << 1 | (write ? 1 : 0);
    size++;
  }

  /** How many there are. */
  public int size() {
    return size;
  }

  /** The request {@code i}, from 0 on, as a new one that tells nobody of its end. */
  DiskRequest request(int i) {
    long word = words[2 * i + 1];
    DiskRequest request =
        new DiskRequest(words[2 * i], (int) (word >>> 1), (word & 1) != 0, status -> {});
    request.id = i;
    return request;
  }
}
