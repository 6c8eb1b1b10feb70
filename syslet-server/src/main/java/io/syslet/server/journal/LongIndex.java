package io.syslet.server.journal;

import java.util.Arrays;

/**
 * Numbers, each with a place in somebody's arrays: a hash table with open addressing, which
 * allocates only while it grows. One thread at a time.
 */
final class LongIndex {
  private static final int SMALLEST = 8;
  private static final int EMPTY = -1;

  private long[] keys = new long[SMALLEST];
  private int[] places = new int[SMALLEST];
  private int size;

  LongIndex() {
    Arrays.fill(places, EMPTY);
  }

  /** How many numbers there are. */
  int size() {
    return size;
  }

  /** The place of a number, or −1. */
  int get(long key) {
    return places[slot(key)];
  }

  /** Gives a number a place, a new one if it had one. */
  void put(long key, int place) {
    if (2 * size >= keys.length) {
      grow();
    }
    int slot = slot(key);
    size += places[slot] == EMPTY ? 1 : 0;
    keys[slot] = key;
    places[slot] = place;
  }

  /** Forgets a number: the place that it had, or −1. */
  int remove(long key) {
    int hole = slot(key);
    int place = places[hole];
    if (place != EMPTY) {
      size--;
      close(hole);
    }
    return place;
  }

  /** Moves back what stands behind a hole only because the hole was taken. */
  private void close(int from) {
    int mask = keys.length - 1;
    int hole = from;
    for (int i = (hole + 1) & mask; places[i] != EMPTY; i = (i + 1) & mask) {
      if (((i - home(keys[i])) & mask) >= ((i - hole) & mask)) {
        keys[hole] = keys[i];
        places[hole] = places[i];
        hole = i;
      }
    }
    places[hole] = EMPTY;
  }

  private int slot(long key) {
    int slot = home(key);
    while (places[slot] != EMPTY && keys[slot] != key) {
      slot = (slot + 1) & (keys.length - 1);
    }
    return slot;
  }

  private int home(long key) {
    long mixed = key * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 32) & (keys.length - 1);
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldPlaces = places;
    keys = new long[2 * oldKeys.length];
    places = new int[2 * oldKeys.length];
    Arrays.fill(places, EMPTY);
    size = 0;
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldPlaces[i] != EMPTY) {
        put(oldKeys[i], oldPlaces[i]);
      }
    }
  }
}
