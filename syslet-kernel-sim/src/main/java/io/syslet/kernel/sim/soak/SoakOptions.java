package io.syslet.kernel.sim.soak;

import io.syslet.kernel.sim.Plant;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One run.
 *
 * @param seed of everything: the programs, the machine and its faults.
 * @param steps of each task, 0 or more.
 * @param plant a known bug to be switched on.
 * @param trace where the machine's trace is written; null for nowhere.
 */
public record SoakOptions(long seed, int steps, Plant plant, @Nullable Path trace) {
  /** Steps, if nothing else is said. */
  public static final int STEPS = 40;

  /** Checks the range. */
  public SoakOptions {
    if (steps < 0) {
      throw new IllegalArgumentException("steps: " + steps);
    }
  }

  /** A run without a known bug. */
  public static SoakOptions of(long seed) {
    return new SoakOptions(seed, STEPS, Plant.NONE, null);
  }

  /** With another seed. */
  public SoakOptions seed(long other) {
    return new SoakOptions(other, steps, plant, trace);
  }

  /** With another number of steps. */
  public SoakOptions steps(int other) {
    return new SoakOptions(seed, other, plant, trace);
  }

  /** With a known bug. */
  public SoakOptions plant(Plant bug) {
    return new SoakOptions(seed, steps, bug, trace);
  }

  /** With a trace. */
  public SoakOptions trace(@Nullable Path file) {
    return new SoakOptions(seed, steps, plant, file);
  }
}
