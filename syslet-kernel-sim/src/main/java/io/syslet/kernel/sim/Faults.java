package io.syslet.kernel.sim;

import java.util.EnumMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Which faults strike, by seed. {@link #NONE} never strikes and draws nothing. */
public final class Faults {
  /** No faults at all. */
  public static final Faults NONE = new Faults(Map.of(), () -> 0);

  private final EnumMap<Fault, Integer> oneIn = new EnumMap<>(Fault.class);
  private final EnumMap<Fault, Long> struck = new EnumMap<>(Fault.class);
  private final RandomGenerator random;

  /** Faults that strike one time in so many, 1 or more; those that are not named never strike. */
  Faults(Map<Fault, Integer> oneIn, RandomGenerator random) {
    this.oneIn.putAll(oneIn);
    this.random = random;
  }

  /** Whether the fault strikes now. Each call is one throw of the dice. */
  public boolean strikes(Fault fault) {
    Integer n = oneIn.get(fault);
    if (n == null || random.nextInt(n) != 0) {
      return false;
    }
    struck.merge(fault, 1L, Long::sum);
    return true;
  }

  /** How often a fault has struck. */
  public long struck(Fault fault) {
    return struck.getOrDefault(fault, 0L);
  }
}
