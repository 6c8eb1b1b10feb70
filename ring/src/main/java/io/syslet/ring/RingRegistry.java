package io.syslet.ring;

import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The rings of this process by the address of their header: a call names its ring by that address,
 * and its completion needs the object. Weak, so a ring that nobody uses any more is forgotten. Any
 * thread.
 */
final class RingRegistry {
  private static final ConcurrentHashMap<Long, WeakReference<CompletionRing>> RINGS =
      new ConcurrentHashMap<>();

  private RingRegistry() {}

  static void add(CompletionRing ring) {
    RINGS.values().removeIf(known -> known.get() == null);
    RINGS.put(ring.address(), new WeakReference<>(ring));
  }

  static void remove(CompletionRing ring) {
    RINGS.computeIfPresent(ring.address(), (address, known) -> known.get() == ring ? null : known);
  }

  static @Nullable CompletionRing at(long address) {
    WeakReference<CompletionRing> known = RINGS.get(address);
    return known == null ? null : known.get();
  }
}
