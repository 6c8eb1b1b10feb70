package io.syslet.bench.threadlets;

/** {@code StartRounds THREADS}: starts so many virtual threads, one after the other, and ends. */
final class StartRounds {
  private StartRounds() {}

  public static void main(String[] args) throws InterruptedException {
    for (int i = Integer.parseInt(args[0]); i > 0; i--) {
      Thread.startVirtualThread(Thread::yield).join();
    }
  }
}
