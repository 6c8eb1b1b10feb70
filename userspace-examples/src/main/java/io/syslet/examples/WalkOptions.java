package io.syslet.examples;

import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * How to walk.
 *
 * @param mode which calls may go on without the walk.
 * @param tasks how many tasks walk; 0 for one per processor.
 * @param inFlight calls in flight at most, of all tasks together: 1 to {@link #MAX_IN_FLIGHT}.
 * @param descriptors directories open at most; 0 for half of what the process may have.
 * @param oneFileSystem whether to stay on the file system of the directory.
 * @param complaints where to name what cannot be read.
 * @param list where to print size and path of each entry, if anywhere.
 */
public record WalkOptions(
    Mode mode,
    int tasks,
    int inFlight,
    int descriptors,
    boolean oneFileSystem,
    OutputStream complaints,
    @Nullable OutputStream list) {
  /** Calls in flight, if nothing else is said. */
  public static final int IN_FLIGHT = 256;

  /** The most calls in flight that a walk can have memory and a ring for. */
  public static final int MAX_IN_FLIGHT = 1 << 20;

  /** Everything asynchronous, a task per processor, no list. */
  public static WalkOptions defaults() {
    return new WalkOptions(Mode.ASYNC, 0, IN_FLIGHT, 0, false, System.err, null);
  }

  /** The same in another mode. */
  public WalkOptions mode(Mode mode) {
    return new WalkOptions(mode, tasks, inFlight, descriptors, oneFileSystem, complaints, list);
  }

  /** The same with other tasks. */
  public WalkOptions tasks(int tasks) {
    return new WalkOptions(mode, tasks, inFlight, descriptors, oneFileSystem, complaints, list);
  }

  /** The same with other calls in flight. */
  public WalkOptions inFlight(int inFlight) {
    return new WalkOptions(mode, tasks, inFlight, descriptors, oneFileSystem, complaints, list);
  }

  /** The same with other descriptors. */
  public WalkOptions descriptors(int descriptors) {
    return new WalkOptions(mode, tasks, inFlight, descriptors, oneFileSystem, complaints, list);
  }

  /** The same, on one file system or across all. */
  public WalkOptions oneFileSystem(boolean oneFileSystem) {
    return new WalkOptions(mode, tasks, inFlight, descriptors, oneFileSystem, complaints, list);
  }

  /** The same with another stream for complaints. */
  public WalkOptions complaints(OutputStream complaints) {
    return new WalkOptions(mode, tasks, inFlight, descriptors, oneFileSystem, complaints, list);
  }

  /** The same with a list. */
  public WalkOptions list(@Nullable OutputStream list) {
    return new WalkOptions(mode, tasks, inFlight, descriptors, oneFileSystem, complaints, list);
  }
}
