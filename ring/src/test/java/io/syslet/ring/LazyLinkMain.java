package io.syslet.ring;

import java.lang.foreign.Arena;

/** Uses a ring of its own process in every way that must not link a foreign function. */
final class LazyLinkMain {
  private LazyLinkMain() {}

  public static void main(String[] args) throws InterruptedException {
    CompletionRing ring = CompletionRing.allocate(Arena.global(), 8, 1);
    Thread waiter = Thread.ofPlatform().start(() -> ring.await(0));
    int entry = ring.producer().reserve();
    ring.producer().arm(entry, 1);
    ring.producer().complete(entry, 2);
    waiter.join();
    System.out.println(ring.drain((status, callerData) -> {}, 8));
  }
}
