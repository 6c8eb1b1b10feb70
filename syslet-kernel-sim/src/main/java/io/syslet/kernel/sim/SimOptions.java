package io.syslet.kernel.sim;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link SimKernel} is made. Immutable: each method returns a changed copy.
 *
 * @param seed of everything that is random.
 * @param maxWorkers threads that make calls, standing by and blocked together and one active; 256
 *     by default, 1 at least. The threads of further tasks do not count.
 * @param costs what things cost in virtual time.
 * @param drain how long, in the machine's time, {@link SimKernel#close} waits for calls in flight.
 * @param trace where the trace is written; null for nowhere. It is hashed in any case.
 * @param faults what goes wrong, once in how many cases on average, 1 or more.
 * @param plant a known bug to be switched on.
 */
public record SimOptions(
    long seed,
    int maxWorkers,
    CostModel costs,
    Duration drain,
    @Nullable Path trace,
    Map<Fault, Integer> faults,
    Plant plant) {
  /** The defaults: seed 0, measured costs, no faults. */
  public static SimOptions defaults() {
    return new SimOptions(
        0, 256, CostModel.MEASURED, Duration.ofSeconds(1), null, Map.of(), Plant.NONE);
  }

  /** Checks the ranges. */
  public SimOptions {
    if (maxWorkers < 1 || drain.isNegative()) {
      throw new IllegalArgumentException("out of range: " + maxWorkers + " workers");
    }
    faults = Map.copyOf(faults);
    if (faults.values().stream().anyMatch(n -> n < 1)) {
      throw new IllegalArgumentException("a fault strikes once in 1 or more: " + faults);
    }
  }

  /** With another seed. */
  public SimOptions seed(long other) {
    return new SimOptions(other, maxWorkers, costs, drain, trace, faults, plant);
  }

  /** With another limit of workers. */
  public SimOptions maxWorkers(int limit) {
    return new SimOptions(seed, limit, costs, drain, trace, faults, plant);
  }

  /** With other costs. */
  public SimOptions costs(CostModel other) {
    return new SimOptions(seed, maxWorkers, other, drain, trace, faults, plant);
  }

  /** With another time to drain at the end. */
  public SimOptions drain(Duration time) {
    return new SimOptions(seed, maxWorkers, costs, time, trace, faults, plant);
  }

  /** With the trace written to a file, which is replaced. */
  public SimOptions trace(@Nullable Path file) {
    return new SimOptions(seed, maxWorkers, costs, drain, file, faults, plant);
  }

  /** With a fault that strikes once in so many cases. */
  public SimOptions fault(Fault fault, int oneIn) {
    Map<Fault, Integer> more = new EnumMap<>(Fault.class);
    more.putAll(faults);
    more.put(fault, oneIn);
    return new SimOptions(seed, maxWorkers, costs, drain, trace, more, plant);
  }

  /** With a known bug. */
  public SimOptions plant(Plant bug) {
    return new SimOptions(seed, maxWorkers, costs, drain, trace, faults, bug);
  }

  @Nullable OutputStream openTrace() {
    try {
      return trace == null ? null : Files.newOutputStream(trace);
    } catch (IOException e) {
      throw new UncheckedIOException("the trace cannot be written", e);
    }
  }
}
