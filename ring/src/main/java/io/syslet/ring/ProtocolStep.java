package io.syslet.ring;

import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The points of the protocol at which a process may die.
 *
 * <p>A test that starts its JVM with {@code -Dio.syslet.ring.steps=true} can stop or kill a thread
 * at any of them; otherwise {@link #at} is folded away by the compiler.
 */
final class ProtocolStep {
  static final int RESERVE_FOUND = 0;
  static final int RESERVE_TAKEN = 1;
  static final int RESERVED = 2;
  static final int ARM_DATA = 3;
  static final int ARMED = 4;
  static final int COMPLETE_ENTERED = 5;
  static final int CLAIMED = 6;
  static final int WRITTEN = 7;
  static final int ENTRY_DONE = 8;
  static final int PUBLISHED = 9;
  static final int HEAD_MOVED = 10;
  static final int WOKEN = 11;
  static final int RELEASE_IDLE = 12;
  static final int RETURNED = 13;
  static final int RECOVERY_TAKEN = 14;
  static final int WAITER_SET = 15;
  static final int HEAD_SEEN = 16;
  static final int WATCH_DROPS = 17;
  static final int WATCH_CLAIMED = 18;
  static final int COUNT = 19;

  private static final boolean TRACED = Boolean.getBoolean("io.syslet.ring.steps");
  static volatile @Nullable IntConsumer listener;

  private ProtocolStep() {}

  static void at(int step) {
    if (TRACED) {
      tell(step);
    }
  }

  private static void tell(int step) {
    IntConsumer told = listener;
    if (told != null) {
      told.accept(step);
    }
  }
}
