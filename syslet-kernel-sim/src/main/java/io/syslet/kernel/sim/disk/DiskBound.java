package io.syslet.kernel.sim.disk;

import java.util.PriorityQueue;

/**
 * What a disk allows: the time it takes for given requests if so many are always queued, with no
 * program, no cache and no processor in between.
 *
 * <p>The requests are given in the order in which they were made. Whenever one ends the next
 * enters, so at each moment the elevator and the device choose among {@code depth} of them, as many
 * as they ever could. A program whose next request depends on an answer has at most as many to
 * offer, so with the same model, elevator and order it takes at least about as long; not exactly,
 * as a greedy elevator is no optimal one and can be lucky with less. This is that bound:
 *
 * <pre>
 *   elapsed(depth) = time of the model for the log, closed loop of depth requests
 *   a request      = elapsed / requests
 * </pre>
 *
 * For flash without an elevator it comes near to the greatest of: requests times the serial part of
 * the controller; requests times latency over depth; busy time of the busiest die or channel.
 */
public final class DiskBound {
  private final DiskCounters counters = new DiskCounters();
  private final long elapsed;
  private final int requests;

  private DiskBound(DiskModel model, DiskOptions options, BlockLog log) {
    requests = log.size();
    elapsed = run(model, new DiskQueue(options, model), options.depth(), log);
  }

  /**
   * Feeds the requests to a device.
   *
   * @param model a {@linkplain DiskModel#fresh fresh} one; used up.
   * @param options how it is queued for.
   * @param depth how many are queued: the program's limit; that of the options counts too.
   */
  public static DiskBound of(DiskModel model, DiskOptions options, int depth, BlockLog log) {
    return new DiskBound(model, options.depth(Math.min(depth, options.depth())), log);
  }

  private long run(DiskModel model, DiskQueue queue, int depth, BlockLog log) {
    PriorityQueue<Long> ends = new PriorityQueue<>();
    long now = 0;
    int entered = 0;
    while (entered < log.size() || !ends.isEmpty()) {
      while (entered < log.size() && queue.size() < depth) {
        DiskRequest request = log.request(entered++);
        request.submitted = now;
        queue.add(request);
      }
      serve(model, queue, now, ends);
      now = ends.remove();
      queue.done();
    }
    return now;
  }

  private void serve(DiskModel model, DiskQueue queue, long now, PriorityQueue<Long> ends) {
    while (queue.served() < model.parallel()) {
      DiskRequest next = queue.take(now);
      if (next == null) {
        return;
      }
      ends.add(model.serve(now, next, counters));
    }
  }

  /** Virtual nanoseconds for all of the requests. */
  public long elapsed() {
    return elapsed;
  }

  /** Virtual nanoseconds a request, on average; 0 for none. */
  public long perRequest() {
    return requests == 0 ? 0 : elapsed / requests;
  }

  /** Where the time went. */
  public DiskCounters counters() {
    return counters;
  }
}
