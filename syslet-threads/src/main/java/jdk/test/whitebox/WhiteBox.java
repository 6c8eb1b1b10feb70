package jdk.test.whitebox;

/**
 * The JVM's interface for its own tests ({@code whitebox.cpp}), as far as it is needed. The JVM
 * wants it to have this name and to be of the boot loader, and its flag {@code WhiteBoxAPI} to be
 * set when this class is first used.
 */
public final class WhiteBox {
  static {
    registerNatives();
  }

  private WhiteBox() {}

  private static native void registerNatives();

  /**
   * Has JVMTI be told of each mount and unmount of a virtual thread, or not, between two moments at
   * which all threads are stopped.
   *
   * @return when switched on, whether it was off before; else false.
   */
  public static native boolean setVirtualThreadsNotifyJvmtiMode(boolean on);
}
