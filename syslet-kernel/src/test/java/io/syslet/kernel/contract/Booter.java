package io.syslet.kernel.contract;

import io.syslet.Kernel;

/** What differs from kernel to kernel. */
public interface Booter {
  /** A new kernel with so many workers at most, with nothing under way. */
  Kernel boot(int maxWorkers);

  /** A directory where the programs may make files; without a slash at the end. */
  String directory();

  /**
   * Has an odd getrandom, with flags of 0xff, answer −132 in all kernels that are booted later.
   *
   * @return false where that cannot be done.
   */
  default boolean makesOddCalls() {
    return OddCalls.filter();
  }

  /** How many stacks of frames belong to calls at present. */
  int framesInUse(Kernel kernel);

  /** Whether a call that blocks is handed over. */
  default boolean handsOver() {
    return true;
  }

  /** Whether each call that waits holds a worker, whatever it waits for. */
  default boolean waitsAtWorkers() {
    return true;
  }

  /**
   * Whether the kernel has a time of its own: it ends its tasks with itself, and throws at who
   * waits for what nothing in it can bring about.
   */
  default boolean hasOwnTime() {
    return false;
  }
}
