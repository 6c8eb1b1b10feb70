package io.syslet.bench.ring;

import io.syslet.bench.Figures;

/**
 * What was found about one queue in one set-up.
 *
 * @param rate millions of messages a second.
 * @param bytes allocated per message, by everything in the JVM.
 */
record LaneFigures(Figures rate, Figures bytes) {
  LaneFigures() {
    this(new Figures(), new Figures());
  }
}
