package io.syslet.bench.ring;

import io.syslet.ring.CompletionHandler;
import io.syslet.ring.CompletionRing;
import java.lang.foreign.Arena;

/** Ours: a slot is reserved, then completed. */
final class SysletLane implements Lane {
  private final CompletionRing ring;
  private final CompletionHandler handler = this::onCompletion;
  private long sum;

  SysletLane(int capacity) {
    ring = CompletionRing.allocate(Arena.ofAuto(), capacity, 0);
  }

  @Override
  public Sender sender() {
    return this::send;
  }

  private boolean send(long status, long callerData) {
    int entry = ring.producer().reserve();
    return entry >= 0 && ring.producer().complete(entry, status, callerData) == 0;
  }

  private void onCompletion(long status, long callerData) {
    sum += status + callerData;
  }

  @Override
  public int receive(int limit) {
    return ring.drain(handler, limit);
  }

  @Override
  public long sum() {
    return sum;
  }
}
