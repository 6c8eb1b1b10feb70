package io.syslet.kernel.sim.disk;

import java.util.Arrays;

/**
 * An SSD: pages striped over dies, which work side by side.
 *
 * <pre>
 *   read    command -> die reads a page   -> its channel moves it -> the host's interface moves it
 *   write   command -> interface -> channel -> buffered: done     -> die programs it, later
 * </pre>
 *
 * A die takes pages in the order of the requests, and a read waits behind what its die still has to
 * program; channels and interface take them as they become ready. Left out: mapping, garbage
 * collection as such (a share of it is in the time to program), a cache for reads, suspension of
 * programming.
 */
public final class Ssd implements DiskModel {
  private static final long SECOND = 1_000_000_000;

  private final SsdParameters p;
  private final long[] dieFree;
  private final Calendar[] channels;
  private final Calendar host = new Calendar();
  private final long channelNanos;
  private final long hostNanos;
  private long controllerFree;

  /** An SSD that is idle. */
  public Ssd(SsdParameters parameters) {
    p = parameters;
    dieFree = new long[p.channels() * p.dies()];
    channels = new Calendar[p.channels()];
    Arrays.setAll(channels, i -> new Calendar());
    channelNanos = p.pageBytes() * SECOND / p.channelBytesPerSecond();
    hostNanos = p.pageBytes() * SECOND / p.hostBytesPerSecond();
  }

  @Override
  public long sectors() {
    return p.bytes() / SECTOR;
  }

  @Override
  public int parallel() {
    return Integer.MAX_VALUE;
  }

  @Override
  public long positioning(long now, DiskRequest request) {
    return 0;
  }

  @Override
  public DiskModel fresh() {
    return new Ssd(p);
  }

  @Override
  public String describe() {
    return p.toString();
  }

  @Override
  public long serve(long now, DiskRequest request, DiskCounters counters) {
    controllerFree = Math.max(now, controllerFree) + p.command();
    counters.otherNanos += p.command() + p.latency();
    long begin = controllerFree + p.latency();
    long first = request.sector * SECTOR / p.pageBytes();
    long last = (request.end() * SECTOR - 1) / p.pageBytes();
    long end = begin;
    for (long page = first; page <= last; page++) {
      end = Math.max(end, request.write ? write(now, begin, page) : read(now, begin, page));
    }
    long pages = last - first + 1;
    counters.transferNanos +=
        pages * (channelNanos + hostNanos + (request.write ? p.program() : p.read()));
    return end;
  }

  /** Where a page is: dealt out as by a mapping that was filled at random. */
  private int die(long page) {
    long mixed = page * 0x9e3779b97f4a7c15L;
    return (int) Long.remainderUnsigned(mixed ^ mixed >>> 32, dieFree.length);
  }

  private long read(long now, long begin, long page) {
    int die = die(page);
    dieFree[die] = Math.max(begin, dieFree[die]) + p.read();
    long moved = channels[die % channels.length].take(now, dieFree[die], channelNanos);
    return host.take(now, moved, hostNanos);
  }

  private long write(long now, long begin, long page) {
    int die = die(page);
    long arrived = host.take(now, begin, hostNanos);
    long moved = channels[die % channels.length].take(now, arrived, channelNanos);
    long buffered = Math.max(moved, dieFree[die] - p.bufferedPages() * p.program());
    dieFree[die] = Math.max(buffered, dieFree[die]) + p.program();
    return buffered;
  }
}
