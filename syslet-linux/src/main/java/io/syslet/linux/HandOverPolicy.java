package io.syslet.linux;

/** When the kernel lets the caller's own stack make a call. */
public enum HandOverPolicy {
  /** Never, unless the call cannot sleep: every call that blocks can be handed over. */
  STRICT,

  /**
   * While no call has slept lately. A call that then sleeps is not handed over, but counted as
   * missed, and the policy is strict for a while.
   */
  ADAPTIVE
}
