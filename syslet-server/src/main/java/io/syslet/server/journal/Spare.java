package io.syslet.server.journal;

import io.syslet.Errno;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The next file of a run, with all its blocks before it is needed. Any thread. */
final class Spare {
  private final Path run;
  private final long block;
  private final long keepFree;
  private final SpinLock lock = new SpinLock();
  private int cycle = 1;
  private long bytes;

  /** None yet. */
  Spare(Path run, long block, long keepFree) {
    this.run = run;
    this.block = block;
    this.keepFree = keepFree;
  }

  /** Length of a file with room for so many bytes. */
  long length(long room) {
    return ChronicleLog.length(room, block);
  }

  /**
   * Makes the file of a cycle, or makes it longer.
   *
   * @param next the cycle; nothing is done for one that was {@link #taken}.
   * @param room bytes of records that the file must hold.
   * @return 0, −ENOSPC or −EIO: then the file has what it had before.
   */
  int prepare(int next, long room) {
    lock.lock();
    try {
      return next < cycle || room <= bytes ? 0 : allocate(next, room);
    } finally {
      lock.unlock();
    }
  }

  private int allocate(int next, long room) {
    Path file = ChronicleLog.spare(run, next);
    int result = Preallocation.allocate(file, length(room), keepFree);
    if (result == 0) {
      bytes = room;
    } else if (bytes == 0) {
      return discard(file, result);
    }
    return result;
  }

  /** What could be had of it is of use to others. */
  private static int discard(Path file, int result) {
    try {
      Files.deleteIfExists(file);
      return result;
    } catch (IOException e) {
      return -Errno.EIO;
    }
  }

  /**
   * Bytes of records that the file of a cycle has room for, 0 if there is none, also if somebody
   * has taken it away.
   */
  long room(int next) {
    lock.lock();
    try {
      if (bytes > 0 && !isThere()) {
        bytes = 0;
      }
      return next == cycle ? bytes : 0;
    } finally {
      lock.unlock();
    }
  }

  private boolean isThere() {
    try {
      return Files.size(ChronicleLog.spare(run, cycle)) >= length(bytes);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * The file of this cycle is about to be written: the spare is the next one, which is not there.
   */
  void taken(int used) {
    lock.lock();
    cycle = used + 1;
    bytes = 0;
    lock.unlock();
  }
}
