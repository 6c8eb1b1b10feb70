package io.syslet.kernel.sim.soak;

import io.syslet.kernel.sim.Fault;
import io.syslet.kernel.sim.SimCalls;
import io.syslet.kernel.sim.SimKernel;
import io.syslet.kernel.sim.SimMachine;
import io.syslet.kernel.sim.SimOptions;
import io.syslet.kernel.sim.SimProcess;
import io.syslet.kernel.sim.disk.Disk;
import io.syslet.kernel.sim.fs.FsOptions;
import io.syslet.kernel.sim.fs.SimFs;
import io.syslet.kernel.sim.ipc.Ipc;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A run: a machine is booted with faults, tasks run random programs on it, and all is checked.
 * Everything follows from the seed.
 *
 * <p>One run in eight is closed from outside in the middle, one in eight by a task.
 */
public final class Soak {
  private static final int TREE = 20;
  private static final int MOST_TASKS = 6;
  private static final Map<Fault, Integer> ONE_IN = new EnumMap<>(Fault.class);

  static {
    ONE_IN.put(Fault.EIO, 20);
    ONE_IN.put(Fault.ENOSPC, 10);
    ONE_IN.put(Fault.LATENCY_SPIKE, 10);
    ONE_IN.put(Fault.NO_SPARE, 5);
    ONE_IN.put(Fault.RING_FULL, 15);
    ONE_IN.put(Fault.TASK_KILLED, 300);
    ONE_IN.put(Fault.SPARE_KILLED, 8);
    ONE_IN.put(Fault.SPURIOUS_WAKE, 3);
  }

  private final SoakOptions options;
  private final SplittableRandom random;
  private final SimOptions machine;
  private @Nullable SimProcess process;

  private Soak(SoakOptions options) {
    this.options = options;
    this.random = new SplittableRandom(options.seed());
    this.machine = machineOptions();
  }

  /** Runs once. */
  public static SoakResult run(SoakOptions options) {
    return new Soak(options).run();
  }

  private SimOptions machineOptions() {
    SimOptions made =
        SimOptions.defaults()
            .seed(random.nextLong())
            .maxWorkers(2 + random.nextInt(random.nextBoolean() ? 4 : 100))
            .plant(options.plant())
            .trace(options.trace());
    for (Map.Entry<Fault, Integer> fault : ONE_IN.entrySet()) {
      if (random.nextInt(4) == 0) {
        made = made.fault(fault.getKey(), fault.getValue());
      }
    }
    return made;
  }

  private void install(SimMachine into, SimProcess made, SimCalls calls) {
    process = made;
    new SimFs(into, Disk.ssd(into), FsOptions.of(options.seed(), TREE)).register(calls);
    new Ipc().install(into, made, calls);
  }

  private SoakResult run() {
    SimKernel kernel = SimKernel.boot(machine, this::install);
    String problem;
    long accepted = 0;
    try (World world = new World(kernel, Objects.requireNonNull(process), random)) {
      problem = soak(kernel, world);
      accepted = world.tickets.accepted();
    } catch (SoakFailure e) {
      kernel.close();
      problem = e.getMessage();
    }
    return new SoakResult(
        options.seed(),
        problem,
        accepted,
        kernel.stats().pending(),
        kernel.virtualNanos(),
        kernel.traceSha256());
  }

  private @Nullable String soak(SimKernel kernel, World world) {
    world.signals = machine.faults().containsKey(Fault.TASK_KILLED);
    Verdict verdict = new Verdict(world);
    int kind = random.nextInt(8);
    try {
      start(world, kind == 0);
      new Feeder(world).run(kind == 1 ? random.nextInt(4) : Integer.MAX_VALUE);
      if (kind > 1 && world.problem() == null) {
        verdict.open();
      }
      world.closing();
      kernel.close();
      for (SoakTask task : world.tasks) {
        task.check();
      }
      verdict.closed();
    } catch (RuntimeException e) {
      world.blame(e.toString() + (e.getCause() == null ? "" : ", by " + e.getCause()));
      kernel.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      world.blame("interrupted");
      kernel.close();
    }
    return world.problem();
  }

  private void start(World world, boolean oneCloses) {
    int tasks = 1 + random.nextInt(MOST_TASKS);
    for (int i = 0; i < tasks; i++) {
      new SoakTask(world, random.split(), options.steps(), oneCloses && i == 0).start();
    }
  }
}
