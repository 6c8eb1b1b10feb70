package io.syslet.kernel.sim.disk;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** In which order a host gives its queued requests to the device. */
public enum Elevator {
  /** As they came. Linux: none. */
  FIFO,
  /** By sector upwards, then again from the lowest. */
  CSCAN,
  /** By sector upwards to the last, then downwards to the first. */
  LOOK,
  /** What the device can begin soonest; nothing waits beyond two seconds. */
  SHORTEST;

  /** The requests that wait, and which is next. */
  static final class Queue {
    /** Nanoseconds after which a request goes before nearer ones, so that none starves. */
    static final long EXPIRES = 2_000_000_000;

    private static final Comparator<DiskRequest> BY_SECTOR =
        Comparator.<DiskRequest>comparingLong(r -> r.sector).thenComparingLong(r -> r.id);

    private final Elevator policy;
    private final DiskModel model;
    private final ArrayDeque<DiskRequest> byAge = new ArrayDeque<>();
    private final TreeSet<DiskRequest> bySector = new TreeSet<>(BY_SECTOR);
    private long at;
    private boolean down;

    Queue(Elevator policy, DiskModel model) {
      this.policy = policy;
      this.model = model;
    }

    int size() {
      return policy == FIFO || policy == SHORTEST ? byAge.size() : bySector.size();
    }

    void add(DiskRequest request) {
      if (policy == FIFO || policy == SHORTEST) {
        byAge.add(request);
      } else {
        bySector.add(request);
      }
    }

    /** Takes the next request; null if there is none. */
    @Nullable DiskRequest take(long now) {
      return switch (policy) {
        case FIFO -> byAge.poll();
        case SHORTEST -> shortest(now);
        case CSCAN -> upwards();
        case LOOK -> down ? downwards() : look();
      };
    }

    private @Nullable DiskRequest upwards() {
      DiskRequest next = bySector.ceiling(new DiskRequest(at, 1, false, status -> {}));
      return taken(next != null ? next : bySector.isEmpty() ? null : bySector.first());
    }

    private @Nullable DiskRequest look() {
      DiskRequest next = bySector.ceiling(new DiskRequest(at, 1, false, status -> {}));
      if (next == null && !bySector.isEmpty()) {
        down = true;
        return downwards();
      }
      return taken(next);
    }

    private @Nullable DiskRequest downwards() {
      DiskRequest next = bySector.lower(new DiskRequest(at + 1, 1, false, status -> {}));
      if (next == null && !bySector.isEmpty()) {
        down = false;
        return look();
      }
      return taken(next);
    }

    private @Nullable DiskRequest taken(@Nullable DiskRequest next) {
      if (next != null) {
        bySector.remove(next);
        at = next.sector;
      }
      return next;
    }

    private @Nullable DiskRequest shortest(long now) {
      DiskRequest oldest = byAge.peek();
      if (oldest == null || now - oldest.submitted > EXPIRES) {
        return byAge.poll();
      }
      DiskRequest best = oldest;
      long least = Long.MAX_VALUE;
      for (DiskRequest request : byAge) {
        long positioning = model.positioning(now, request);
        if (positioning < least) {
          least = positioning;
          best = request;
        }
      }
      byAge.remove(best);
      return best;
    }
  }
}
