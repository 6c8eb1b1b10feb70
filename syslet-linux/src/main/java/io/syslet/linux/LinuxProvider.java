package io.syslet.linux;

import io.syslet.Kernel;
import io.syslet.KernelProvider;

/** The {@link LinuxKernel}, where it can run. */
public final class LinuxProvider implements KernelProvider {
  static final String NAME = "linux";

  private static final int RANK = 100;

  /** For {@link java.util.ServiceLoader}. */
  public LinuxProvider() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int rank() {
    return RANK;
  }

  @Override
  public String unsupported() {
    try {
      JvmFlags.check();
      return Support.KERNEL;
    } catch (UnsupportedOperationException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Override
  public Kernel open() {
    return LinuxKernel.boot();
  }
}
