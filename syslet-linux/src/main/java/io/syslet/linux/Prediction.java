package io.syslet.linux;

import io.syslet.kernel.Counters;
import org.jspecify.annotations.Nullable;

/**
 * {@link HandOverPolicy#ADAPTIVE}: calls are made on the task's own stack as long as none has slept
 * lately.
 *
 * <p>The kernel counts how often a thread has slept. After every few calls that count of the
 * carrier is compared; if it rose, the calls that slept are counted as missed, and the task is
 * strict for a while. One task's; for its own thread.
 */
final class Prediction {
  private static final int WINDOW = 32;
  private static final int STRICT_CALLS = 4096;

  private final Counters counters;
  private @Nullable CallMaker carrier;
  private long switches;
  private int inWindow;
  private int strict;

  Prediction(Counters counters) {
    this.counters = counters;
  }

  /** Whether the next calls may be made on the task's own stack, on the carrier that runs it. */
  boolean saysHot(CallMaker now, int calls) {
    if (strict > 0) {
      strict -= calls;
      return false;
    }
    if (carrier != now) {
      carrier = now;
      switches = now.voluntarySwitches();
      inWindow = 0;
    }
    return true;
  }

  /** Calls have been made on the own stack. */
  void made(CallMaker now, int calls) {
    inWindow += calls;
    if (inWindow < WINDOW) {
      return;
    }
    inWindow = 0;
    long seen = now.voluntarySwitches();
    if (seen != switches) {
      counters.missed.add(seen - switches);
      strict = STRICT_CALLS;
      carrier = null;
    }
    switches = seen;
  }
}
