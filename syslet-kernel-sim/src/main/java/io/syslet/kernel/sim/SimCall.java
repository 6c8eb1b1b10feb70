package io.syslet.kernel.sim;

/**
 * One call of the machine. Plain blocking code that runs in a task; it {@linkplain
 * SimMachine#charge charges} what it costs beyond the entry.
 *
 * <p>Arguments are raw registers: of an int the low 32 bits count. What the call table describes
 * has been checked against {@link MappedRanges} before, −EFAULT otherwise; what lies behind
 * pointers in that memory has not, but for the memory of an {@code iovec}.
 */
@FunctionalInterface
public interface SimCall {
  /**
   * Makes the call.
   *
   * @return its value or −errno, all 64 bits.
   */
  long call(SimProcess process, long a0, long a1, long a2, long a3, long a4, long a5);
}
