package io.syslet.kernel.coroutine;

/** For a JVM without the flag: uses one switch, then tries the other. */
final class WithoutFlagsMain {
  private WithoutFlagsMain() {}

  /** Prints what happened. */
  public static void main(String[] args) {
    Coroutine coroutine =
        Coroutine.create(StackSwitch.threads(), "on a thread", argument -> Coroutine.yield());
    coroutine.enter();
    coroutine.enter();
    System.out.println(coroutine);
    try {
      Coroutine.create("on a continuation", argument -> {}).enter();
    } catch (UnsupportedOperationException e) {
      System.out.println(e.getMessage());
    }
  }
}
