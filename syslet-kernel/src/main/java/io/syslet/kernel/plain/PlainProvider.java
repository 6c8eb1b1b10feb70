package io.syslet.kernel.plain;

import io.syslet.Kernel;
import io.syslet.KernelProvider;

/** The {@link PlainKernel}, for want of a better one. */
public final class PlainProvider implements KernelProvider {
  static final String NAME = "plain";

  /** For {@link java.util.ServiceLoader}. */
  public PlainProvider() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int rank() {
    return 0;
  }

  @Override
  public String unsupported() {
    return "";
  }

  @Override
  public Kernel open() {
    return PlainKernel.boot();
  }
}
