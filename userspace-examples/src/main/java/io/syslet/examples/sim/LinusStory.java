package io.syslet.examples.sim;

import io.syslet.examples.Mode;
import io.syslet.examples.WalkOptions;
import java.io.IOException;

/**
 * Linus Torvalds's test, June 2007: lstat a whole tree, five seconds when all is cached and five
 * minutes when nothing is; with syslets the first must not get slower, and the second should get
 * faster as far as the disk can order its requests.
 *
 * <p>His machine is taken for one whose processor is {@link #SLOWER} times as slow as the one whose
 * calls were measured, and his tree for one of {@link #FILES} names, on a disk of 7200 rpm: serial
 * walks then take about the times that he gave. Nothing else is chosen to fit.
 *
 * @param serialCold each call waits, nothing cached.
 * @param serialHot each call waits, everything cached by the walk before.
 * @param lstatOnlyCold only lstat is asynchronous, as he wanted it.
 * @param syslets cold.
 * @param sysletsHot everything cached.
 * @param machine what it ran on.
 * @param disk in words.
 */
public record LinusStory(
    SimWalk serialCold,
    SimWalk serialHot,
    SimWalk lstatOnlyCold,
    SimWalk syslets,
    SimWalk sysletsHot,
    SimSetup machine,
    String disk) {
  /** Names in the tree. */
  public static final int FILES = 1_000_000;

  /** How many times as slow the processor of 2007 is. */
  public static final double SLOWER = 5;

  /** The machine of the story, unless it is told of another one; flash has today's processor. */
  public static SimSetup usual(DiskKind disk) {
    double slower = disk == DiskKind.HDD ? SLOWER : 1;
    return SimSetup.defaults().disk(disk).files(FILES).slower(slower);
  }

  /** Tells it: five walks on three machines. */
  public static LinusStory tell(SimSetup machine) throws IOException, InterruptedException {
    try (SimMachineRoom serial = new SimMachineRoom(machine);
        SimMachineRoom lstatOnly = new SimMachineRoom(machine);
        SimMachineRoom syslets = new SimMachineRoom(machine)) {
      return new LinusStory(
          serial.walk(options(machine, Mode.SYNC)),
          serial.walk(options(machine, Mode.SYNC)),
          lstatOnly.walk(options(machine, Mode.LSTAT_ONLY)),
          syslets.walk(options(machine, Mode.ASYNC)),
          syslets.walk(options(machine, Mode.ASYNC)),
          machine,
          serial.describeDisk());
    }
  }

  private static WalkOptions options(SimSetup machine, Mode mode) {
    return WalkOptions.defaults().mode(mode).tasks(1).inFlight(machine.inFlight());
  }

  /** What the processor alone needs for a cold walk: the calls, and the hand-overs. */
  public long processorNanos() {
    long handOver = machine.costs().handOver() + machine.costs().contextSwitch();
    return sysletsHot.virtualNanos() + syslets.found().pending() * handOver;
  }

  /** What a cold walk takes at least: the disk alone or the processor alone, the longer of both. */
  public long boundNanos() {
    return Math.max(syslets.boundNanos(), processorNanos());
  }
}
