package io.syslet.kernel.sim.fs;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Values by numbers other than 0: open addressing, no objects of its own. */
final class LongMap<V> {
  private long[] keys = new long[1024];
  private @Nullable Object[] values = new @Nullable Object[1024];
  private int size;

  private int slot(long key) {
    int mask = keys.length - 1;
    int i = (int) Hash.mix(0, key) & mask;
    while (keys[i] != 0 && keys[i] != key) {
      i = (i + 1) & mask;
    }
    return i;
  }

  @SuppressWarnings("unchecked")
  @Nullable V get(long key) {
    return (V) values[slot(key)];
  }

  int size() {
    return size;
  }

  void put(long key, V value) {
    int i = slot(key);
    if (keys[i] == 0) {
      size++;
    }
    keys[i] = key;
    values[i] = value;
    if (size > keys.length / 2) {
      grow();
    }
  }

  private void grow() {
    long[] oldKeys = keys;
    @Nullable Object[] oldValues = values;
    keys = new long[2 * oldKeys.length];
    values = Arrays.copyOf(new @Nullable Object[0], keys.length);
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        int to = slot(oldKeys[i]);
        keys[to] = oldKeys[i];
        values[to] = oldValues[i];
      }
    }
  }

  /** Removes a key, and moves back those that were pushed behind it. */
  void remove(long key) {
    int mask = keys.length - 1;
    int hole = slot(key);
    if (keys[hole] == 0) {
      return;
    }
    size--;
    for (int i = (hole + 1) & mask; keys[i] != 0; i = (i + 1) & mask) {
      int home = (int) Hash.mix(0, keys[i]) & mask;
      if (((i - home) & mask) >= ((i - hole) & mask)) {
        keys[hole] = keys[i];
        values[hole] = values[i];
        hole = i;
      }
    }
    keys[hole] = 0;
    values[hole] = null;
  }
}
