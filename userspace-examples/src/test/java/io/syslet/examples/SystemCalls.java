package io.syslet.examples;

/** Who makes the calls of a {@link PoolKernel}. */
@FunctionalInterface
interface SystemCalls {
  /** A value or −errno. */
  long call(long nr, long a0, long a1, long a2, long a3, long a4, long a5);
}
