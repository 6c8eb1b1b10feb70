package io.syslet.kernel.sim.fs;

import io.syslet.kernel.sim.WaitQueue;
import org.jspecify.annotations.Nullable;

/**
 * A page of the cache: a block of the disk, or one of a file.
 *
 * <pre>
 *   READING --0--> CLEAN <--> DIRTY --> WRITING --> CLEAN
 *      '---EIO--> GONE  <--'   ^-----------'  (changed meanwhile)
 * </pre>
 */
final class Page {
  enum State {
    READING,
    CLEAN,
    DIRTY,
    WRITING,
    GONE
  }

  final long key;

  /** Where it is on the disk. */
  final int block;

  /** The file; null for a block of the file system's own. */
  final @Nullable Inode inode;

  State state = State.READING;

  /** Who sleeps until it is read or written; null until somebody does. */
  @Nullable WaitQueue queue;

  boolean dirtyAgain;
  int error;
  @Nullable Page newer;
  @Nullable Page older;

  Page(long key, int block, @Nullable Inode inode) {
    this.key = key;
    this.block = block;
    this.inode = inode;
  }

  /** Wakes who sleeps for it. */
  void wakeAll() {
    if (queue != null) {
      queue.wakeAll();
    }
  }

  /** Whether its bytes may be used. */
  boolean isValid() {
    return state != State.READING && state != State.GONE;
  }
}
