package io.syslet.kernel.sim.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.kernel.sim.Fault;
import io.syslet.kernel.sim.PumpedMachine;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The models do what the drives do that they are models of. */
class DiskModelTest {
  private static final long SEED = 42;
  private static final RotatingParameters DESKTOP = RotatingParameters.desktop7200();

  @Test
  void longerSeeksTakeLonger() {
    SeekCurve curve = DESKTOP.seek();
    assertThat(curve.nanos(0)).isZero();
    assertThat(curve.nanos(1)).isBetween(999_000L, 1_001_000L);
    for (int d = 1; d < DESKTOP.cylinders(); d++) {
      assertThat(curve.nanos(d)).isGreaterThanOrEqualTo(curve.nanos(d - 1));
    }
    assertThat(curve.nanos(-5)).isEqualTo(curve.nanos(5));
  }

  /** The specification's definition: the mean over all seeks, of which short ones are more. */
  @Test
  void averageSeekIsNearTheDataSheets() {
    double sum = 0;
    double weight = 0;
    int most = DESKTOP.cylinders() - 1;
    for (int d = 1; d <= most; d++) {
      sum += (most + 1.0 - d) * DESKTOP.seek().nanos(d);
      weight += most + 1.0 - d;
    }
    assertThat(sum / weight).isBetween(8.0e6, 8.8e6);
    assertThat((double) DESKTOP.seek().nanos(most)).isBetween(14.6e6, 14.8e6);
  }

  @Test
  void capacityIsTheDrives() {
    assertThat(new RotatingDisk(DESKTOP).sectors() * 512.0).isBetween(499e9, 503e9);
    assertThat(new RotatingDisk(RotatingParameters.hp97560()).sectors() * 512L)
        .isEqualTo(1962L * 19 * 72 * 512);
  }

  /**
   * Table 10 of the specification: 64.8 MB/s sustained from the outer zone, 31.0 from the inner.
   */
  @Test
  void readsOnAtTheSpecifiedRate() {
    assertThat(sequentialRate(0)).isBetween(62e6, 67e6);
    assertThat(sequentialRate(new RotatingDisk(DESKTOP).sectors() - 400_000)).isBetween(29e6, 32e6);
  }

  private static double sequentialRate(long from) {
    BlockLog log = new BlockLog();
    for (int i = 0; i < 1500; i++) {
      log.add(from + i * 256L, 256, false);
    }
    DiskBound bound = bound(new RotatingDisk(DESKTOP), DiskOptions.sata(), 1, log);
    return 1500.0 * 256 * 512 / bound.elapsed() * 1e9;
  }

  /** 8.5 ms of seeking, half a revolution, and the overhead. */
  @Test
  void oneRandomReadAtATimeTakesSeekAndHalfARevolution() {
    DiskBound bound = bound(new RotatingDisk(DESKTOP), DiskOptions.sata(), 1, randomReads(2000));
    assertThat(bound.perRequest()).isBetween(11_500_000L, 13_500_000L);
    assertThat(bound.counters().rotationNanos() / 2000).isBetween(3_800_000L, 4_500_000L);
  }

  @Test
  void aDeepQueueIsServedFasterByChoosing() {
    BlockLog log = randomReads(2000);
    long alone = bound(new RotatingDisk(DESKTOP), DiskOptions.sata(), 1, log).elapsed();
    long deep = bound(new RotatingDisk(DESKTOP), DiskOptions.sata(), 32, log).elapsed();
    long deeper = bound(new RotatingDisk(DESKTOP), DiskOptions.sata(), 128, log).elapsed();
    System.out.printf(
        "random reads, hdd: 32 deep %.2f, 128 deep %.2f times as fast%n",
        (double) alone / deep, (double) alone / deeper);
    assertThat((double) alone / deep).isBetween(1.5, 4.0);
    assertThat(deeper).isLessThan(deep);
  }

  @ParameterizedTest
  @EnumSource(
      value = Elevator.class,
      names = {"CSCAN", "LOOK", "SHORTEST"})
  void anElevatorBeatsFirstComeFirstServed(Elevator elevator) {
    BlockLog log = randomReads(1000);
    long fifo = elapsed(Elevator.FIFO, log);
    assertThat(elapsed(elevator, log)).isLessThan(fifo * 2 / 3);
  }

  private static long elapsed(Elevator elevator, BlockLog log) {
    return bound(new RotatingDisk(DESKTOP), new DiskOptions(elevator, 128, 1), 64, log).elapsed();
  }

  @Test
  void slowerSeeksAndNothingElseSlowRandomReadsDown() {
    BlockLog log = randomReads(1000);
    RotatingDisk slow = new RotatingDisk(DESKTOP.slowerSeeks(2));
    long twice = bound(slow, DiskOptions.sata(), 1, log).elapsed();
    long once = bound(new RotatingDisk(DESKTOP), DiskOptions.sata(), 1, log).elapsed();
    assertThat((double) twice / once).isBetween(1.5, 1.8);
  }

  @Test
  void readingTheSameAgainComesFromTheDrivesBuffer() {
    DiskCounters counters = new DiskCounters();
    RotatingDisk disk = new RotatingDisk(DESKTOP);
    long first = disk.serve(0, read(1_000_000), counters);
    long second = disk.serve(first, read(1_000_000), counters);
    assertThat(second - first).isLessThan(200_000);
    assertThat(counters.bufferHits()).isOne();
    long after =
        disk.serve(disk.serve(second, write(1_000_000), counters), read(1_000_000), counters);
    assertThat(after - second).isGreaterThan(DESKTOP.revolution() / 2);
  }

  @Test
  void flashScalesWithDepthUntilItsDiesAreBusy() {
    BlockLog log = randomReads(20_000);
    Ssd ssd = new Ssd(SsdParameters.nvme());
    long alone = bound(ssd.fresh(), DiskOptions.nvme(), 1, log).perRequest();
    long deep = bound(ssd.fresh(), DiskOptions.nvme(), 128, log).perRequest();
    System.out.printf("random reads, ssd: 128 deep %.1f times as fast%n", (double) alone / deep);
    assertThat(alone).isBetween(80_000L, 90_000L);
    assertThat((double) alone / deep).isBetween(25.0, 43.0);
    Ssd few = new Ssd(SsdParameters.nvme().parallel(2, 2));
    long fewDeep = bound(few, DiskOptions.nvme(), 128, log).perRequest();
    assertThat((double) alone / fewDeep).isBetween(3.5, 5.0);
  }

  @Test
  void flashBeatsTheArm() {
    BlockLog log = randomReads(500);
    long disk = bound(new RotatingDisk(DESKTOP), DiskOptions.sata(), 128, log).elapsed();
    long flash = bound(new Ssd(SsdParameters.nvme()), DiskOptions.nvme(), 128, log).elapsed();
    assertThat(flash).isLessThan(disk / 100);
  }

  @ParameterizedTest
  @EnumSource(Elevator.class)
  void eachRequestEndsOnce(Elevator elevator) {
    PumpedMachine machine = new PumpedMachine(SEED);
    Disk disk = new Disk(machine, new RotatingDisk(DESKTOP), new DiskOptions(elevator, 16, 4));
    int[] ended = new int[300];
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < ended.length; i++) {
      int n = i;
      long sector = random.nextLong(disk.sectors() / 8) * 8;
      machine.at(
          random.nextLong(2_000_000_000),
          () -> disk.submit(new DiskRequest(sector, 8, n % 5 == 0, status -> ended[n]++)));
    }
    machine.settle();
    assertThat(ended).containsOnly(1);
    assertThat(disk.counters().reads()).isEqualTo(240);
    assertThat(disk.counters().writes()).isEqualTo(60);
    assertThat(disk.counters().busyNanos()).isBetween(1L, machine.now());
    DiskCounters c = disk.counters();
    assertThat(c.seekNanos() + c.rotationNanos() + c.transferNanos() + c.otherNanos())
        .isEqualTo(c.busyNanos());
  }

  @Test
  void sectorsBeyondTheEndAndInjectedFaultsAreEio() {
    PumpedMachine machine = new PumpedMachine(SEED);
    int[] status = new int[1];
    Disk disk = Disk.rotating(machine);
    disk.submit(new DiskRequest(disk.sectors() - 4, 8, false, s -> status[0] = s));
    assertThat(status[0]).isZero();
    machine.settle();
    assertThat(status[0]).isEqualTo(-5);
    assertThat(failures(3)).isBetween(20, 50);
  }

  private static int failures(int oneIn) {
    PumpedMachine machine = new PumpedMachine(SEED, Map.of(Fault.EIO, oneIn));
    Disk disk = Disk.ssd(machine);
    int[] failed = new int[1];
    for (int i = 0; i < 100; i++) {
      disk.submit(new DiskRequest(8L * i, 8, false, s -> failed[0] += s < 0 ? 1 : 0));
    }
    machine.settle();
    assertThat(disk.counters().errors()).isEqualTo(failed[0]);
    return failed[0];
  }

  @Test
  void latencySpikesAreSlowNotWrong() {
    PumpedMachine machine = new PumpedMachine(SEED, Map.of(Fault.LATENCY_SPIKE, 1));
    int[] status = {1};
    Disk.ssd(machine).submit(new DiskRequest(0, 8, false, s -> status[0] = s));
    machine.settle();
    assertThat(status[0]).isZero();
    assertThat(machine.now()).isGreaterThan(Disk.SPIKE);
  }

  private static DiskBound bound(DiskModel model, DiskOptions options, int depth, BlockLog log) {
    return DiskBound.of(model, options, depth, log);
  }

  private static BlockLog randomReads(int count) {
    long sectors = new RotatingDisk(DESKTOP).sectors();
    SplittableRandom random = new SplittableRandom(SEED);
    BlockLog log = new BlockLog();
    for (int i = 0; i < count; i++) {
      log.add(random.nextLong(sectors / 8) * 8, 8, false);
    }
    return log;
  }

  private static DiskRequest read(long sector) {
    return new DiskRequest(sector, 8, false, status -> {});
  }

  private static DiskRequest write(long sector) {
    return new DiskRequest(sector, 8, true, status -> {});
  }
}
