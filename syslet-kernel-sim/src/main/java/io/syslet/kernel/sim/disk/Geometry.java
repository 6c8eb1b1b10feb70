package io.syslet.kernel.sim.disk;

/**
 * Where a sector is on the platters.
 *
 * <pre>
 *   sector -> zone -> track (cylinder, head) -> angle
 *
 *   zone 0, outside   | cylinder 0: track 0, 1, .. heads - 1 | cylinder 1 ...
 *   zone 1            | fewer sectors on a track
 * </pre>
 *
 * The first sector of a track lies behind that of the track before by the time that the switch
 * takes (skew), so that reading on loses no revolution. Immutable.
 */
final class Geometry {
  /** What the skew is longer than the switch, as a part of a revolution. */
  private static final int MARGIN = 500;

  private final int heads;
  private final long revolution;
  private final long headSkew;
  private final long cylinderSkew;
  private final long[] firstSector;
  private final int[] firstCylinder;
  private final int[] perTrack;
  private final long sectors;

  Geometry(RotatingParameters p) {
    heads = p.heads();
    revolution = p.revolution();
    headSkew = p.headSwitch() + revolution / MARGIN;
    cylinderSkew = p.cylinderSwitch() + revolution / MARGIN;
    firstSector = new long[p.zones()];
    firstCylinder = new int[p.zones()];
    perTrack = new int[p.zones()];
    sectors = layOut(p);
  }

  private long layOut(RotatingParameters p) {
    long sector = 0;
    for (int zone = 0; zone < p.zones(); zone++) {
      firstSector[zone] = sector;
      firstCylinder[zone] = edge(p, zone);
      perTrack[zone] = sectorsOf(p, zone);
      sector += (long) (edge(p, zone + 1) - edge(p, zone)) * heads * perTrack[zone];
    }
    return sector;
  }

  private static int edge(RotatingParameters p, int zone) {
    return (int) ((long) p.cylinders() * zone / p.zones());
  }

  private static int sectorsOf(RotatingParameters p, int zone) {
    int range = p.outerSectors() - p.innerSectors();
    return p.zones() == 1 ? p.outerSectors() : p.outerSectors() - range * zone / (p.zones() - 1);
  }

  /** How many sectors there are. */
  long sectors() {
    return sectors;
  }

  /** The zone that holds a sector. */
  int zone(long sector) {
    int zone = firstSector.length - 1;
    while (firstSector[zone] > sector) {
      zone--;
    }
    return zone;
  }

  /** The track, counted over all cylinders and heads. */
  long track(int zone, long sector) {
    return (long) firstCylinder[zone] * heads + (sector - firstSector[zone]) / perTrack[zone];
  }

  /** The cylinder of a track. */
  int cylinder(long track) {
    return (int) (track / heads);
  }

  /** The sector after the last one of the track that holds {@code sector}. */
  long trackEnd(int zone, long sector) {
    long offset = sector - firstSector[zone];
    return sector - offset % perTrack[zone] + perTrack[zone];
  }

  /** Nanoseconds in which a sector passes under the head. */
  long sectorNanos(int zone, long count) {
    return revolution * count / perTrack[zone];
  }

  /** How many sectors pass in so many nanoseconds. */
  long sectorsIn(int zone, long nanos) {
    return nanos * perTrack[zone] / revolution;
  }

  /** Nanoseconds from {@code now} until the sector's beginning is under the head. */
  long wait(long now, int zone, long sector) {
    long track = track(zone, sector);
    long cylinder = cylinder(track);
    long skew = (track - cylinder) * headSkew + cylinder * cylinderSkew;
    long inTrack = (sector - firstSector[zone]) % perTrack[zone];
    return Math.floorMod(skew + sectorNanos(zone, inTrack) - now, revolution);
  }
}
