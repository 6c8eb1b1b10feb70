package io.syslet.kernel.sim.disk;

import io.syslet.Errno;
import io.syslet.kernel.sim.Fault;
import io.syslet.kernel.sim.SimMachine;
import org.jspecify.annotations.Nullable;

/**
 * A disk of the machine: a {@link DiskModel}, requests queued for it, and events at their ends.
 *
 * <p>Traces {@code disk.start sector sectors write} and {@code disk.end sector status waited}, the
 * last in nanoseconds since it was submitted. {@link Fault#EIO} fails a request after the time that
 * it takes; {@link Fault#LATENCY_SPIKE} makes it last {@link #SPIKE} longer, as a drive that
 * retries.
 */
public final class Disk implements BlockDevice {
  /** Nanoseconds of a latency spike: a dozen revolutions spent on retries. */
  public static final long SPIKE = 100_000_000;

  private final SimMachine machine;
  private final DiskModel model;
  private final DiskOptions options;
  private final DiskQueue queue;
  private final DiskCounters counters = new DiskCounters();
  private @Nullable BlockLog log;
  private long requests;
  private long busySince;

  /** A disk that nothing was asked of. */
  public Disk(SimMachine machine, DiskModel model, DiskOptions options) {
    this.machine = machine;
    this.model = model;
    this.options = options;
    queue = new DiskQueue(options, model);
  }

  /** The desktop disk of 7200 rpm behind a SATA queue. */
  public static Disk rotating(SimMachine machine) {
    return new Disk(
        machine, new RotatingDisk(RotatingParameters.desktop7200()), DiskOptions.sata());
  }

  /** The data centre's SSD behind an NVMe queue. */
  public static Disk ssd(SimMachine machine) {
    return new Disk(machine, new Ssd(SsdParameters.nvme()), DiskOptions.nvme());
  }

  /** The model, to be described or asked for a {@linkplain DiskModel#fresh fresh} one. */
  public DiskModel model() {
    return model;
  }

  /** How it is queued for. */
  public DiskOptions options() {
    return options;
  }

  /** From now on remembers what is submitted, for {@link DiskBound}. */
  public BlockLog record() {
    BlockLog started = new BlockLog();
    log = started;
    return started;
  }

  @Override
  public long sectors() {
    return model.sectors();
  }

  @Override
  public DiskCounters counters() {
    return counters;
  }

  @Override
  public void submit(DiskRequest request) {
    request.id = requests++;
    request.submitted = machine.now();
    count(request);
    if (request.end() > model.sectors()) {
      machine.at(request.submitted, () -> end(request, -Errno.EIO));
      return;
    }
    if (queue.size() == 0) {
      busySince = request.submitted;
    }
    queue.add(request);
    counters.maxDepth = Math.max(counters.maxDepth, queue.size());
    start();
  }

  private void count(DiskRequest request) {
    if (request.write) {
      counters.writes++;
    } else {
      counters.reads++;
    }
    counters.sectors += request.sectors;
    if (log != null) {
      log.add(request);
    }
  }

  private void start() {
    while (queue.served() < model.parallel()) {
      DiskRequest next = queue.take(machine.now());
      if (next == null) {
        return;
      }
      serve(next);
    }
  }

  private void serve(DiskRequest request) {
    long now = machine.now();
    request.started = now;
    machine.trace().event("disk.start", request.sector, request.sectors, request.write ? 1 : 0);
    long end = model.serve(now, request, counters);
    if (machine.faults().strikes(Fault.LATENCY_SPIKE)) {
      end += SPIKE;
      counters.otherNanos += SPIKE;
    }
    int status = machine.faults().strikes(Fault.EIO) ? -Errno.EIO : 0;
    machine.at(end, () -> served(request, status));
  }

  private void served(DiskRequest request, int status) {
    queue.done();
    if (queue.size() == 0) {
      counters.busyNanos += machine.now() - busySince;
    }
    start();
    end(request, status);
  }

  private void end(DiskRequest request, int status) {
    if (status != 0) {
      counters.errors++;
    }
    long waited = machine.now() - request.submitted;
    machine.trace().event("disk.end", request.sector, status, waited);
    request.done.done(status);
  }
}
