package io.syslet.kernel.sim.disk;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Requests on their way to the device.
 *
 * <pre>
 *   line (FIFO)  -->  elevator (by its policy)  -->  device (shortest positioning)  -->  served
 *                     '------------- at most depth, with those served ------------'
 *                                                  '---- at most nativeDepth -----'
 * </pre>
 */
final class DiskQueue {
  private final DiskOptions options;
  private final ArrayDeque<DiskRequest> line = new ArrayDeque<>();
  private final Elevator.Queue elevator;
  private final Elevator.Queue device;
  private int served;

  DiskQueue(DiskOptions options, DiskModel model) {
    this.options = options;
    elevator = new Elevator.Queue(options.elevator(), model);
    device = new Elevator.Queue(model.parallel() == 1 ? Elevator.SHORTEST : Elevator.FIFO, model);
  }

  /** How many requests there are, with those being served. */
  int size() {
    return line.size() + elevator.size() + device.size() + served;
  }

  /** How many requests are being served. */
  int served() {
    return served;
  }

  void add(DiskRequest request) {
    line.add(request);
  }

  /** Takes the request to be served next; null if there is none. */
  @Nullable DiskRequest take(long now) {
    refill(now);
    DiskRequest next = device.take(now);
    if (next != null) {
      served++;
    }
    return next;
  }

  /** One that was taken has been served. */
  void done() {
    served--;
  }

  private void refill(long now) {
    while (elevator.size() + device.size() + served < options.depth() && !line.isEmpty()) {
      elevator.add(line.remove());
    }
    while (device.size() + served < options.nativeDepth()) {
      DiskRequest next = elevator.take(now);
      if (next == null) {
        return;
      }
      device.add(next);
    }
  }
}
