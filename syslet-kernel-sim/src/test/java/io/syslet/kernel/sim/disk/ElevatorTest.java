package io.syslet.kernel.sim.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.kernel.sim.PumpedMachine;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What waits long enough goes first, however near others are. */
class ElevatorTest {
  private static final long FAR = 1_000_000;

  /** A device whose arm never moves from sector 0: the greater the sector, the longer it takes. */
  private static final DiskModel AT_ZERO =
      new DiskModel() {
        @Override
        public long sectors() {
          return 2 * FAR;
        }

        @Override
        public int parallel() {
          return 1;
        }

        @Override
        public long positioning(long now, DiskRequest request) {
          return request.sector;
        }

        @Override
        public long serve(long now, DiskRequest request, DiskCounters counters) {
          return now + request.sector;
        }

        @Override
        public String describe() {
          return "an arm at sector 0";
        }

        @Override
        public DiskModel fresh() {
          return this;
        }
      };

  private static DiskRequest request(long sector, long submitted) {
    DiskRequest made = new DiskRequest(sector, 8, false, status -> {});
    made.submitted = submitted;
    return made;
  }

  @Test
  void aRequestExpiresAtItsDeadlineAndNotBefore() {
    Elevator.Queue queue = new Elevator.Queue(Elevator.SHORTEST, AT_ZERO);
    DiskRequest far = request(FAR, 5);
    DiskRequest near = request(8, 6);
    DiskRequest nearest = request(0, Elevator.Queue.EXPIRES);
    queue.add(far);
    queue.add(near);
    queue.add(nearest);
    assertThat(queue.take(5 + Elevator.Queue.EXPIRES)).isSameAs(nearest);
    assertThat(queue.take(6 + Elevator.Queue.EXPIRES)).isSameAs(far);
    assertThat(queue.take(6 + Elevator.Queue.EXPIRES)).isSameAs(near);
    assertThat(queue.take(6 + Elevator.Queue.EXPIRES)).isNull();
  }

  /** Requests near the arm never cease, and each is begun sooner than the one far away. */
  @Test
  void noneWaitsLongerThanItsDeadlineAndOneService() {
    PumpedMachine machine = new PumpedMachine(1);
    Disk disk = new Disk(machine, AT_ZERO, new DiskOptions(Elevator.FIFO, 32, 31));
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 4; i++) {
      again(machine, disk, random);
    }
    long[] end = new long[1];
    disk.submit(new DiskRequest(FAR, 8, false, status -> end[0] = machine.now()));
    machine.settle();
    assertThat(end[0] - FAR)
        .isBetween(Elevator.Queue.EXPIRES, Elevator.Queue.EXPIRES + FAR / 10)
        .isLessThan(machine.now() - FAR);
  }

  private static void again(PumpedMachine machine, Disk disk, SplittableRandom random) {
    if (machine.now() < 2 * Elevator.Queue.EXPIRES) {
      long sector = FAR / 100 + random.nextInt((int) FAR / 100);
      disk.submit(new DiskRequest(sector, 8, false, status -> again(machine, disk, random)));
    }
  }
}
