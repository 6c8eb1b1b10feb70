package io.syslet.client;

import java.lang.foreign.Arena;
import java.lang.ref.Cleaner;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What tasks were lent and have given back: a kernel's, and freed with it. Any thread. */
final class LentMemories {
  private static final Cleaner CLEANER = Cleaner.create();

  private final Queue<LentMemory> spare = new ConcurrentLinkedQueue<>();

  /** Lends something, which is made in an arena if there is nothing. */
  LentMemory lend(Arena from, InFlight inFlight) {
    LentMemory memory = spare.poll();
    return memory != null ? memory : new LentMemory(from, inFlight);
  }

  void giveBack(LentMemory memory) {
    spare.add(memory);
  }

  /** A thread that nobody joins gives it back when it is forgotten. */
  void giveBackAfter(Thread thread, LentMemory memory) {
    CLEANER.register(thread, () -> giveBack(memory));
  }
}
