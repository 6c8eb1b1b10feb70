package io.syslet.threads;

import java.lang.reflect.Method;

/** What {@code --enable-native-access} does, for one module. */
final class NativeAccess {
  private NativeAccess() {}

  static void enable(Module module) {
    try {
      Method enable = Module.class.getDeclaredMethod("implAddEnableNativeAccess");
      enable.setAccessible(true);
      enable.invoke(module);
    } catch (ReflectiveOperationException e) {
      throw new UnsupportedOperationException("this JDK enables native access otherwise", e);
    }
  }
}
