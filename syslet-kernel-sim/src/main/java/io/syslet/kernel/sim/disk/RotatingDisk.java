package io.syslet.kernel.sim.disk;

/**
 * A disk with an arm over turning platters. Where the platters are follows from the time alone, so
 * an idle disk needs no events.
 *
 * <pre>
 *   overhead -> seek (or head switch) -> rotation -> transfer -> next track: switch, rotation -> ...
 * </pre>
 *
 * Left out: remapped sectors, recalibration, a write cache (a write ends when it is on the media),
 * reading a track from the middle.
 */
public final class RotatingDisk implements DiskModel {
  private static final long SECOND = 1_000_000_000;

  private final RotatingParameters p;
  private final Geometry geometry;
  private final ReadAhead buffer;
  private long track;

  /** A disk whose arm is at the outer edge. */
  public RotatingDisk(RotatingParameters parameters) {
    p = parameters;
    geometry = new Geometry(p);
    buffer = new ReadAhead(geometry, p.segments());
  }

  @Override
  public long sectors() {
    return geometry.sectors();
  }

  @Override
  public int parallel() {
    return 1;
  }

  @Override
  public DiskModel fresh() {
    return new RotatingDisk(p);
  }

  @Override
  public String describe() {
    return p.toString();
  }

  @Override
  public long positioning(long now, DiskRequest request) {
    if (!request.write && held(now, request)) {
      return 0;
    }
    int zone = geometry.zone(request.sector);
    long there = now + p.overhead() + arm(geometry.track(zone, request.sector), request.write);
    return there + geometry.wait(there, zone, request.sector) - now;
  }

  private boolean held(long now, DiskRequest request) {
    return buffer.holds(now, request.sector, request.end()) || buffer.streams(request.sector);
  }

  /** Nanoseconds to bring a head over the track. */
  private long arm(long to, boolean write) {
    int distance = geometry.cylinder(to) - geometry.cylinder(track);
    long moved = distance != 0 ? p.seek().nanos(distance) : to == track ? 0 : p.headSwitch();
    return moved + (write && moved != 0 ? p.writeSettle() : 0);
  }

  @Override
  public long serve(long now, DiskRequest request, DiskCounters counters) {
    long ready = now + p.overhead();
    counters.otherNanos += p.overhead();
    if (request.write) {
      return write(ready, request, counters);
    }
    if (buffer.holds(ready, request.sector, request.end())) {
      counters.bufferHits++;
      long moved = request.sectors * (long) SECTOR * SECOND / p.busBytesPerSecond();
      counters.transferNanos += moved;
      return ready + moved;
    }
    return read(ready, request, counters);
  }

  private long write(long now, DiskRequest request, DiskCounters counters) {
    buffer.stop(now);
    buffer.forget(request.sector, request.end());
    return media(now, request.sector, request.end(), true, counters);
  }

  private long read(long now, DiskRequest request, DiskCounters counters) {
    long end = request.end();
    long from = request.sector;
    long time = now;
    if (buffer.streams(from)) {
      counters.bufferHits++;
      from = Math.min(end, buffer.limit());
      time = Math.max(now, buffer.ready(from));
      counters.transferNanos += time - now;
    }
    buffer.stop(time);
    time = from < end ? media(time, from, end, false, counters) : time;
    buffer.start(time, geometry.zone(end - 1), request.sector, end);
    return time;
  }

  /** Moves the sectors between the media and the drive, track by track. */
  private long media(long now, long from, long end, boolean write, DiskCounters counters) {
    long time = now;
    long sector = from;
    while (sector < end) {
      int zone = geometry.zone(sector);
      long stop = Math.min(end, geometry.trackEnd(zone, sector));
      time = position(time, zone, sector, write && sector == from, counters);
      long moved = geometry.sectorNanos(zone, stop - sector);
      counters.transferNanos += moved;
      time += moved;
      sector = stop;
    }
    return time;
  }

  private long position(long now, int zone, long sector, boolean settle, DiskCounters counters) {
    long to = geometry.track(zone, sector);
    long moved = withinTime(now, to == track + 1 ? next(to, settle) : arm(to, settle));
    track = to;
    long turned = geometry.wait(now + moved, zone, sector);
    counters.seekNanos += moved;
    counters.rotationNanos += turned;
    return now + moved + turned;
  }

  /**
   * An arm that is slow beyond measure gets there at the end of time, and is there from then on.
   */
  private static long withinTime(long now, long moved) {
    return Math.clamp(SeekCurve.LONGEST - now, 0, moved);
  }

  private long next(long to, boolean write) {
    boolean same = geometry.cylinder(to) == geometry.cylinder(track);
    return same ? arm(to, write) : p.cylinderSwitch() + (write ? p.writeSettle() : 0);
  }
}
