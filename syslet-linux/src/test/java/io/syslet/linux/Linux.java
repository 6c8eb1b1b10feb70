package io.syslet.linux;

import io.syslet.Program;

/** Boots kernels for one program each. */
final class Linux {
  private Linux() {}

  /**
   * Options by which a call that waits needs a worker, as one on a file does, and no other is
   * pending.
   */
  static LinuxOptions options() {
    return LinuxOptions.defaults().reactor(false);
  }

  /** Runs a program on a kernel of its own, with these options. */
  static void run(Program program) throws Exception {
    run(options(), program);
  }

  static void run(LinuxOptions options, Program program) throws Exception {
    try (LinuxKernel kernel = LinuxKernel.boot(options)) {
      kernel.run(program);
    }
  }
}
