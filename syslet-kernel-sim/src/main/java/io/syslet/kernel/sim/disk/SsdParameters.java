package io.syslet.kernel.sim.disk;

/**
 * An SSD, as far as requests notice. Times in nanoseconds.
 *
 * @param name of the drive or its class.
 * @param bytes of the device.
 * @param channels between the controller and the dies, each moves one page at a time.
 * @param dies of a channel, each reads or programs one page at a time.
 * @param pageBytes that a die reads or programs at once.
 * @param read of a page from the cells.
 * @param program of a page, the share of erasing and of moving old data included.
 * @param channelBytesPerSecond of one channel.
 * @param hostBytesPerSecond of the interface, which all share.
 * @param command what the controller spends on a command, one after the other.
 * @param latency of the controller that commands spend side by side.
 * @param bufferedPages for each die, that were acknowledged and are still to be programmed.
 */
public record SsdParameters(
    String name,
    long bytes,
    int channels,
    int dies,
    int pageBytes,
    long read,
    long program,
    long channelBytesPerSecond,
    long hostBytesPerSecond,
    long command,
    long latency,
    int bufferedPages) {

  /** Checks that this can be an SSD. */
  public SsdParameters {
    if (channels < 1 || dies < 1 || pageBytes < DiskModel.SECTOR || bytes < pageBytes) {
      throw new IllegalArgumentException("no SSD: " + name);
    }
    if (channelBytesPerSecond <= 0 || hostBytesPerSecond <= 0 || bufferedPages < 0) {
      throw new IllegalArgumentException("no SSD: " + name);
    }
    if (Math.min(Math.min(read, program), Math.min(command, latency)) < 0) {
      throw new IllegalArgumentException("a negative time: " + name);
    }
  }

  /**
   * A data centre's NVMe drive of 2 TB, of the class of the Intel SSD DC P4500. From its published
   * table: 85 µs for a random read, 20 µs for a write, 490,000 reads and 38,000 writes of 4 KiB a
   * second, 3.2 GB/s. The controller's 2.04 µs a command are 1 / 490,000 s; what it, the channel
   * and the host take is taken off the 85 µs, which leaves 75 µs for the cells; 96 dies that
   * program in 2.5 ms each, cleaning included, give 38,000 writes. Channels and dies are not
   * published: 12 and 8 are assumed.
   */
  public static SsdParameters nvme() {
    return new SsdParameters(
        "data centre, NVMe, 2 TB",
        2_000_000_000_000L,
        12,
        8,
        4096,
        75_000,
        2_500_000,
        1_000_000_000,
        3_200_000_000L,
        2_040,
        2_600,
        64);
  }

  /** The same SSD with other numbers of channels and dies. */
  public SsdParameters parallel(int otherChannels, int otherDies) {
    return new SsdParameters(
        name + ", " + otherChannels + " x " + otherDies,
        bytes,
        otherChannels,
        otherDies,
        pageBytes,
        read,
        program,
        channelBytesPerSecond,
        hostBytesPerSecond,
        command,
        latency,
        bufferedPages);
  }
}
