package io.syslet.ring;

/** Takes completions out of a ring, one at a time, in the order of the ring. */
@FunctionalInterface
public interface CompletionHandler {
  /**
   * Called on the thread that drains the ring.
   *
   * @param status what the system call returned: a value, or −errno; all 64 bits
   * @param callerData what the submitter put into its {@code syslet_args.caller_data}
   */
  void onCompletion(long status, long callerData);
}
