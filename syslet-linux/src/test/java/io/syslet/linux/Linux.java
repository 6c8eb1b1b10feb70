package io.syslet.linux;

import io.syslet.Program;

/** Boots kernels for one program each. */
final class Linux {
  private Linux() {}

  /** Runs a program on a kernel of its own, with the default options. */
  static void run(Program program) throws Exception {
    run(LinuxOptions.defaults(), program);
  }

  static void run(LinuxOptions options, Program program) throws Exception {
    try (LinuxKernel kernel = LinuxKernel.boot(options)) {
      kernel.run(program);
    }
  }
}
