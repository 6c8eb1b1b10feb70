package io.syslet.linux;

import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.VarHandle;

/** Var handles of one's own fields. */
final class Handles {
  private Handles() {}

  /** The handle of a field of a class that the lookup may see into. */
  static VarHandle field(Lookup lookup, Class<?> owner, String name, Class<?> type) {
    try {
      return lookup.findVarHandle(owner, name, type);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
