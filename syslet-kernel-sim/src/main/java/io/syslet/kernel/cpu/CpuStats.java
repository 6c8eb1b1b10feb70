package io.syslet.kernel.cpu;

/**
 * How the processor of a library kernel was used.
 *
 * @param entries how often a thread took it, not counting nested ones.
 * @param nested how often its owner took it again.
 * @param sleeps how often a thread was put to sleep because another had it: a context switch of the
 *     host, and another one back.
 * @param interrupts how many interrupts were handled.
 * @param leftToOwner how many of them were left to the owner's put.
 */
public record CpuStats(long entries, long nested, long sleeps, long interrupts, long leftToOwner) {
  /** Context switches of the host that entries cost: to sleep, and awake again. */
  public long switchesDone() {
    return 2 * sleeps;
  }

  /**
   * Context switches that the entries would have cost if a kernel thread had made each call: to it,
   * and back.
   */
  public long switchesAvoided() {
    return 2 * entries;
  }
}
