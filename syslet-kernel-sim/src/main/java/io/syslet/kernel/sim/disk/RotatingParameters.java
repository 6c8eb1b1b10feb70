package io.syslet.kernel.sim.disk;

/**
 * A disk with an arm, as its data sheet has it. Times in nanoseconds.
 *
 * @param name of the drive or its class.
 * @param rpm revolutions a minute.
 * @param cylinders how many positions the arm has.
 * @param heads tracks of a cylinder.
 * @param zones bands of cylinders with as many sectors on each track.
 * @param outerSectors of 512 bytes on a track of the first zone.
 * @param innerSectors on a track of the last.
 * @param seek of a read, settled.
 * @param writeSettle what a write waits longer for the arm to settle.
 * @param headSwitch to another track of the cylinder.
 * @param cylinderSwitch to the first track of the next cylinder, when reading on.
 * @param overhead of the electronics, each command.
 * @param busBytesPerSecond between the drive's buffer and the host.
 * @param segments of the buffer, in which the drive goes on reading when it has nothing better to
 *     do; 0 for no buffer.
 */
public record RotatingParameters(
    String name,
    int rpm,
    int cylinders,
    int heads,
    int zones,
    int outerSectors,
    int innerSectors,
    SeekCurve seek,
    long writeSettle,
    long headSwitch,
    long cylinderSwitch,
    long overhead,
    long busBytesPerSecond,
    int segments) {

  /** Checks that this can be a disk. */
  public RotatingParameters {
    if (rpm <= 0 || cylinders < 1 || heads < 1 || zones < 1 || zones > cylinders) {
      throw new IllegalArgumentException("no disk: " + name);
    }
    if (innerSectors < 8 || outerSectors < innerSectors || busBytesPerSecond <= 0) {
      throw new IllegalArgumentException("no tracks: " + name);
    }
    if (segments < 0 || Math.min(headSwitch, Math.min(cylinderSwitch, overhead)) < 0) {
      throw new IllegalArgumentException("a negative time: " + name);
    }
  }

  /**
   * A desktop disk of 500 GB and 7200 rpm, of the years of the discussion.
   *
   * <p>Zones and rates: Hitachi Deskstar 7K500 specification, table 10 (30 zones, 76.3 to 36.5 MB/s
   * from the media, 300 MB/s on the bus); with its 10 heads that makes 106,400 cylinders. Seeks of
   * 8.5 ms on average, 1 ms more to write: Deskstar 7K1000.C specification, table 9. Full stroke of
   * 14.7 ms, head switch of 1.4 ms, cylinder switch of 1.8 ms: Deskstar 60GXP specification,
   * figures 5 and 6. One cylinder in 1.0 ms: Travelstar 5K320 specification, table 7. The overhead
   * of 0.1 ms is an assumption, no specification has it.
   */
  public static RotatingParameters desktop7200() {
    int cylinders = 106_400;
    return new RotatingParameters(
        "desktop, 7200 rpm, 500 GB",
        7200,
        cylinders,
        10,
        30,
        1242,
        594,
        SeekCurve.fit(cylinders, 1_000_000, 8_500_000, 14_700_000),
        1_000_000,
        1_400_000,
        1_800_000,
        100_000,
        300_000_000,
        16);
  }

  /**
   * The HP 97560 of 1991, whose model was compared with the drive: Ruemmler and Wilkes 1994, table
   * 1 and section "Modeling the head-positioning". The one zone has 72 sectors a track.
   */
  public static RotatingParameters hp97560() {
    return new RotatingParameters(
        "HP 97560",
        4002,
        1962,
        19,
        1,
        72,
        72,
        new SeekCurve(3_240_000, 400_000, 8_000_000, 8_000, 383),
        0,
        1_600_000,
        1_600_000,
        1_100_000,
        10_000_000,
        1);
  }

  /** The same disk with every seek {@code factor} times as long. */
  public RotatingParameters slowerSeeks(double factor) {
    return new RotatingParameters(
        name + ", seeks times " + factor,
        rpm,
        cylinders,
        heads,
        zones,
        outerSectors,
        innerSectors,
        seek.times(factor),
        writeSettle,
        headSwitch,
        cylinderSwitch,
        overhead,
        busBytesPerSecond,
        segments);
  }

  /** Nanoseconds of a revolution. */
  public long revolution() {
    return 60_000_000_000L / rpm;
  }
}
