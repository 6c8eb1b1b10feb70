package io.syslet;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/**
 * A kind of kernel that may be there: a service, found by {@link ServiceLoader}. Any thread may
 * call any method.
 */
public interface KernelProvider {
  /** What its kernels are {@linkplain Kernel#name called}. */
  String name();

  /** How good its kernels are: the greater, the better. */
  int rank();

  /** Why there can be no such kernel here, in one line; empty where there can. */
  String unsupported();

  /**
   * Makes a kernel, with the default options.
   *
   * @throws UnsupportedOperationException where it cannot run, and why.
   */
  Kernel open();

  /** All that are on the class or module path, the best first. */
  static List<KernelProvider> all() {
    return ServiceLoader.load(KernelProvider.class, KernelProvider.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparingInt(KernelProvider::rank).reversed())
        .toList();
  }

  /**
   * The best that can make a kernel here.
   *
   * @throws UnsupportedOperationException where none can, and why.
   */
  static KernelProvider best() {
    StringBuilder reasons = new StringBuilder();
    for (KernelProvider provider : all()) {
      String reason = provider.unsupported();
      if (reason.isEmpty()) {
        return provider;
      }
      reasons.append("; ").append(provider.name()).append(": ").append(reason);
    }
    throw new UnsupportedOperationException("no kernel can run here" + reasons);
  }
}
