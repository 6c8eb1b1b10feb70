package io.syslet.examples.copy;

import io.syslet.Dirent;
import io.syslet.Kernel;
import io.syslet.Sys;
import io.syslet.Task;
import io.syslet.examples.Complaints;
import io.syslet.examples.DescriptorLimit;
import io.syslet.examples.PathRefusedException;
import io.syslet.examples.Programs;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Copies a file, or a directory with all that is below it, as {@code cp -a} does: content and its
 * holes, links of both kinds, FIFOs and devices, owners, permissions, times, extended attributes.
 * What the copy is called is replaced by it; a directory that is there is kept and filled.
 *
 * <p>Every copy gets its name when it is whole, every directory its times when nothing in it
 * changes any more. Symbolic links are copied and never followed. For one use, by one thread.
 */
public final class TreeCopy {
  /** Calls in flight, if nothing else is said. */
  public static final int IN_FLIGHT = 64;

  /** The most calls in flight; each has a task. */
  public static final int MAX_IN_FLIGHT = 4096;

  /** Descriptors that a task holds at most: of three folders, both sides, and of a file. */
  private static final int DESCRIPTORS_EACH = 8;

  final WorkStack work = new WorkStack();
  final Folders folders;
  final HardLinks links = new HardLinks();
  final TemporaryNames names = new TemporaryNames();

  private final Kernel kernel;
  private final Complaints complaints;
  private final byte[] from;
  private final byte[] to;
  private final Copier[] copiers;
  private volatile @Nullable Found target;

  /**
   * Makes ready.
   *
   * @param inFlight calls in flight at most, 1 to {@link #MAX_IN_FLIGHT}; fewer, if descriptors are
   *     few.
   * @param complaints where to name what cannot be copied.
   */
  public TreeCopy(Kernel kernel, int inFlight, OutputStream complaints, byte[] from, byte[] to) {
    this.kernel = kernel;
    this.complaints = new Complaints(complaints);
    this.from = from.clone();
    this.to = to.clone();
    int descriptors = DescriptorLimit.half(kernel);
    int tasks = Math.clamp(descriptors / DESCRIPTORS_EACH, 1, inFlight);
    this.folders = new Folders((descriptors - 2 * tasks) / 2);
    this.copiers = new Copier[tasks];
  }

  /**
   * Copies.
   *
   * @throws PathRefusedException if there is nothing to copy, or no place for it; or one would be
   *     inside of the other.
   */
  public CopyResult run() throws IOException, InterruptedException {
    long start = System.nanoTime();
    Place place = Place.find(kernel, from, to);
    CopiedFolder top = new CopiedFolder(null, new byte[0], place.directory);
    top.fromFd = Sys.AT_FDCWD;
    top.toFd = place.fd;
    // Never closed, and never done.
    top.pins = 1;
    top.left.incrementAndGet();
    work.add(List.of(new Entry(top, from, place.name, Dirent.DT_UNKNOWN)));
    runTasks();
    Sys.close(kernel, place.fd);
    return result(System.nanoTime() - start);
  }

  private void runTasks() throws IOException, InterruptedException {
    List<Task> tasks = new ArrayList<>(copiers.length);
    for (int i = 0; i < copiers.length; i++) {
      copiers[i] = new Copier(this, kernel);
      tasks.add(kernel.start(copiers[i]));
    }
    for (Task task : tasks) {
      Programs.join(task);
    }
  }

  private CopyResult result(long nanos) {
    Counts all = new Counts();
    for (Copier each : copiers) {
      all.add(each.counts);
    }
    return new CopyResult(
        all.files,
        all.directories,
        all.others,
        all.bytes,
        complaints.count(),
        all.calls,
        all.pending,
        nanos);
  }

  // ---- for the tasks

  /** Names what could not be copied; if that is for want of room, it is the last to be named. */
  void failed(byte[] path, CallFailedException e) {
    boolean isLast = e.isNoSpace();
    if (isLast ? work.stop() : !work.isStopped()) {
      complaints.add(path, e.errno);
    }
  }

  /** Names what is not copied, and is no error. */
  void skipped(byte[] path, String why) {
    complaints.say(path, why);
  }

  /**
   * Whether a directory of the original is the first one of the copy, which a mount may have made
   * so.
   */
  boolean isCopyItself(Entry entry, Found original, Found copy) {
    if (entry.in.parent == null) {
      target = copy;
      return false;
    }
    Found first = target;
    return first != null && first.is(original);
  }
}
