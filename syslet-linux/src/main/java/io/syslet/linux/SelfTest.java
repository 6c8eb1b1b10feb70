package io.syslet.linux;

import io.syslet.kernel.VirtualThreads;
import java.util.ArrayDeque;
import java.util.List;

/** What the port relies on that is no public API, each tried by itself. Any thread. */
public final class SelfTest {
  /**
   * How a trial has ended.
   *
   * @param name of what was tried.
   * @param problem why it does not work; empty if it does.
   * @param isNeeded whether the port cannot run without it.
   * @param cost what it costs that it does not work.
   */
  public record Result(String name, String problem, boolean isNeeded, String cost) {
    /** Whether it works. */
    public boolean works() {
      return problem.isEmpty();
    }
  }

  /** Something that does or does not work. */
  private interface Trial {
    /** Returns whether it does; or throws, which says why not. */
    boolean works();
  }

  private static final String NO_PORT = "the Linux port does not run";

  private SelfTest() {}

  /** Tries everything. */
  public static List<Result> run() {
    return List.of(
        needed("ThreadBuilders.VirtualThreadBuilder(Executor)", SelfTest::schedules),
        needed("Thread.currentCarrierThread", SelfTest::knowsItsCarrier),
        new Result(
            "Thread.eetop and gHotSpotVMStructs",
            problem(VmState::tellsOfTheCurrentThread),
            false,
            "a safepoint may be taken for a block: more false hand-overs, each a thread switch"),
        new Result(
            "ForkJoinWorkerThread.workQueue",
            problem(PoolWorker::isBusy),
            false,
            "a continuation spins before it parks in a SynchronousQueue"),
        needed("native stub", () -> Native.threadPointer() != 0),
        new Result(
            "rseq",
            problem(Rseq::isThere),
            false,
            "a carrier's processor is not known: blocks are seen by the sysmon"));
  }

  private static Result needed(String name, Trial trial) {
    return new Result(name, problem(trial), true, NO_PORT);
  }

  private static String problem(Trial trial) {
    try {
      return trial.works() ? "" : "does not do what it should";
    } catch (RuntimeException | LinkageError e) {
      return Support.rootMessage(e);
    }
  }

  /** A thread that yields once is given to its scheduler twice, and then ends. */
  private static boolean schedules() {
    ArrayDeque<Runnable> given = new ArrayDeque<>();
    @SuppressWarnings("ThreadPriorityCheck") // the yield is what is tried
    Thread thread = VirtualThreads.create(given::add, "syslet-self-test", Thread::yield);
    thread.start();
    int turns = 0;
    for (Runnable next = given.poll(); next != null; next = given.poll()) {
      next.run();
      turns++;
    }
    return turns == 2 && !thread.isAlive();
  }

  private static boolean knowsItsCarrier() {
    return CarrierThreads.current() == Thread.currentThread();
  }
}
