package io.syslet.bench.ring;

/** The queues that are compared, by name. */
final class Lanes {
  static final String OURS = "syslet-ring";

  /** Slots of every queue. */
  static final int CAPACITY = 4096;

  private Lanes() {}

  static Lane of(String name) {
    return switch (name) {
      case OURS -> new SysletLane(CAPACITY);
      case "agrona" -> new AgronaLane(CAPACITY);
      case "jctools" -> new JcToolsLane(CAPACITY);
      case "disruptor" -> new DisruptorLane(CAPACITY);
      case "array-blocking-queue" -> new ArrayBlockingLane(CAPACITY);
      default -> throw new IllegalArgumentException(name);
    };
  }
}
