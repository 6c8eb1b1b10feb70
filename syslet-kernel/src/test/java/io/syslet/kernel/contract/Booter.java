package io.syslet.kernel.contract;

import io.syslet.Kernel;

/** What differs from kernel to kernel. */
public interface Booter {
  /** A new kernel with so many workers at most, with nothing under way. */
  Kernel boot(int maxWorkers);

  /** A directory where the programs may make files; without a slash at the end. */
  String directory();
}
