package io.syslet.ring;

import java.lang.ref.WeakReference;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rings of this process by the address of their header: a call names its ring by that address,
 * and its completion needs the object. Weak, so a ring that nobody uses any more is forgotten.
 *
 * <p>Sorted arrays that are copied at each change, so that a look-up takes neither lock nor memory.
 */
final class RingRegistry {
  private static volatile Entry[] entries = {};

  private RingRegistry() {}

  private static final class Entry extends WeakReference<CompletionRing> {
    final long address;

    Entry(CompletionRing ring) {
      super(ring);
      address = ring.address();
    }
  }

  static synchronized void add(CompletionRing ring) {
    Entry[] others = without(ring.address());
    Entry[] all = Arrays.copyOf(others, others.length + 1);
    all[others.length] = new Entry(ring);
    Arrays.sort(all, (a, b) -> Long.compare(a.address, b.address));
    entries = all;
  }

  static synchronized void remove(CompletionRing ring) {
    if (at(ring.address()) == ring) {
      entries = without(ring.address());
    }
  }

  private static Entry[] without(long address) {
    return Arrays.stream(entries)
        .filter(entry -> entry.address != address && entry.get() != null)
        .toArray(Entry[]::new);
  }

  static @Nullable CompletionRing at(long address) {
    Entry[] all = entries;
    int low = 0;
    int high = all.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (all[middle].address == address) {
        return all[middle].get();
      }
      if (all[middle].address < address) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return null;
  }
}
