package io.syslet.linux;

import io.syslet.kernel.VirtualThreads;
import io.syslet.ring.CompletionRing;

/** Whether the JVM was started with the flags that the kernel cannot do without. */
final class JvmFlags {
  private static final Module BASE = Object.class.getModule();
  private static final String UNSAFE = "jdk.internal.misc";
  private static final String AGRONA = "org.agrona";

  private JvmFlags() {}

  /**
   * Refuses where one is missing.
   *
   * @throws UnsupportedOperationException names the flag.
   */
  static void check() {
    require(isExportedToAgrona(), "--add-exports java.base/" + UNSAFE + "=" + agronaName());
    requireOpen(VirtualThreads.class.getModule());
    requireOpen(LinuxKernel.class.getModule());
  }

  private static void requireOpen(Module module) {
    String flag = "--add-opens java.base/java.lang=" + name(module);
    require(BASE.isOpen("java.lang", module), flag);
  }

  private static void require(boolean holds, String flag) {
    if (!holds) {
      throw new UnsupportedOperationException("the JVM was started without " + flag);
    }
  }

  /** Agrona, which the ring uses for memory, is where the ring is: both have a name or neither. */
  private static boolean isExportedToAgrona() {
    Module ring = CompletionRing.class.getModule();
    return ring.isNamed()
        ? ring.getLayer().findModule(AGRONA).filter(a -> BASE.isExported(UNSAFE, a)).isPresent()
        : BASE.isExported(UNSAFE, ring);
  }

  private static String agronaName() {
    return CompletionRing.class.getModule().isNamed() ? AGRONA : "ALL-UNNAMED";
  }

  private static String name(Module module) {
    return module.isNamed() ? module.getName() : "ALL-UNNAMED";
  }
}
