package io.syslet.examples;

import io.syslet.Atoms;
import io.syslet.CString;
import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Prep;
import io.syslet.Program;
import io.syslet.Sys;
import io.syslet.Syslet;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.Memory;

/**
 * Copies one file, as one program of atoms: a loop, a branch, and a sum.
 *
 * <pre>
 *   0: openat from --> 1: openat to --> 3: copy_file_range --> 5: add to the sum
 *      or the end         or 2             or, at last, 4         then 3
 *
 *   4: close to    --> 2: close from --> the end
 * </pre>
 */
public final class Copy implements Program {
  private static final int OPEN_FROM = 0;
  private static final int OPEN_TO = 1;
  private static final int CLOSE_FROM = 2;
  private static final int MOVE = 3;
  private static final int CLOSE_TO = 4;
  private static final int SUM = 5;
  private static final int ATOMS = 6;

  private static final int PIECE = 1 << 30;
  private static final int MODE = 0666;
  private static final int TO_FLAGS =
      Sys.O_WRONLY | Sys.O_CREAT | Sys.O_TRUNC | Sys.O_CLOEXEC | Sys.O_NOCTTY;

  private static final int ON_ERROR = Atoms.STOP_ON_NEGATIVE;
  private static final int AT_THE_END = Atoms.STOP_ON_NON_POSITIVE | Atoms.SKIP_TO_NEXT_ON_STOP;

  private final byte[] from;
  private final byte[] to;
  private long result;

  /** Will copy the file named {@code from} to one named {@code to}, which is made or cut. */
  public Copy(byte[] from, byte[] to) {
    this.from = from.clone();
    this.to = to.clone();
  }

  /** How many bytes were copied, or −errno of what failed. */
  public long result() {
    return result;
  }

  @Override
  public void run(Kernel kernel) {
    CompletionRing ring = CompletionRing.allocate(kernel.arena(), 1, 0);
    Atoms atoms = Atoms.allocate(kernel.arena(), ATOMS, 4 * Long.BYTES, ring);
    write(atoms, CString.allocate(kernel.arena(), from), CString.allocate(kernel.arena(), to));
    long last = kernel.exec(atoms, OPEN_FROM, Integer.MAX_VALUE, 0);
    if (last == -Syslet.ESYSLETPENDING) {
      last = kernel.ringWait(ring, ring.tail());
      last = last < 0 ? last : ring.statusAt(ring.tail());
    }
    result = last < 0 ? last : outcome(atoms);
  }

  private static void write(Atoms atoms, long fromPath, long toPath) {
    long fromFd = atoms.data();
    long toFd = fromFd + Long.BYTES;
    long moved = toFd + Long.BYTES;
    int flags = Sys.O_RDONLY | Sys.O_CLOEXEC | Sys.O_NOCTTY;
    Prep.openat(atoms.slots(), OPEN_FROM, 0, Sys.AT_FDCWD, fromPath, flags, 0);
    atoms.then(OPEN_FROM, ON_ERROR, OPEN_TO, fromFd);
    Prep.openat(atoms.slots(), OPEN_TO, 0, Sys.AT_FDCWD, toPath, TO_FLAGS, MODE);
    atoms.then(OPEN_TO, ON_ERROR | Atoms.SKIP_TO_NEXT_ON_STOP, MOVE, toFd);
    close(atoms, CLOSE_FROM, fromFd, Atoms.END);
    Prep.copyFileRange(atoms.slots(), MOVE, 0, 0, 0, 0, 0, PIECE, 0);
    atoms.fetch(MOVE, 0, fromFd);
    atoms.fetch(MOVE, 2, toFd);
    atoms.then(MOVE, AT_THE_END, SUM, moved);
    close(atoms, CLOSE_TO, toFd, CLOSE_FROM);
    Prep.umemAdd(atoms.slots(), SUM, 0, sum(atoms), 0);
    atoms.fetch(SUM, 1, moved);
    atoms.then(SUM, 0, MOVE, 0);
  }

  private static void close(Atoms atoms, int atom, long fd, int next) {
    Prep.close(atoms.slots(), atom, 0, 0);
    atoms.fetch(atom, 0, fd);
    atoms.then(atom, 0, next, 0);
  }

  private static long sum(Atoms atoms) {
    return atoms.data() + 3 * Long.BYTES;
  }

  private static long outcome(Atoms atoms) {
    for (int atom : new int[] {OPEN_FROM, OPEN_TO, MOVE}) {
      if (Errno.isError(atoms.status(atom))) {
        return atoms.status(atom);
      }
    }
    return Memory.getLong(sum(atoms));
  }
}
