package io.syslet.threads;

/** A program whose shutdown hook uses a virtual thread, and says on what it runs. */
final class LastHookProgram {
  private LastHookProgram() {}

  public static void main(String[] args) {
    Runtime.getRuntime().addShutdownHook(new Thread(LastHookProgram::say));
  }

  private static void say() {
    try {
      Thread.startVirtualThread(LastHookProgram::sleepAndSay).join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void sleepAndSay() {
    try {
      Thread.sleep(5);
      System.out.println("hook on " + Thread.currentThread());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
