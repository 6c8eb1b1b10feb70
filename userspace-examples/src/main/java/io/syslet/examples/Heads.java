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
import java.util.List;

/**
 * The first bytes of many files, as one who wants to know their types reads them. Open, read and
 * close of a file are one program of atoms: what is in the caches costs one entry, what is not one
 * hand-over, and many files are waited for at once.
 *
 * <pre>
 *   atom 0: openat --fd--> atom 1: read --> atom 2: close
 *           or the end
 * </pre>
 */
public final class Heads implements Program {
  /** Told of each file, once, in whatever order they are ready; starts no calls itself. */
  public interface Listener {
    /**
     * A file was read.
     *
     * @param file its index in the list.
     * @param address of what was read; valid until this method returns.
     * @param length how many bytes, or −errno.
     */
    void read(int file, long address, long length);
  }

  private static final int OPEN = 0;
  private static final int READ = 1;
  private static final int CLOSE = 2;
  private static final int ATOMS = 3;
  private static final int PATH_MAX = 4096;

  private final List<byte[]> paths;
  private final int length;
  private final int inFlight;
  private final Listener listener;

  /**
   * Will read {@code length} bytes of each file, {@code inFlight} files at a time, a power of two.
   */
  public Heads(List<byte[]> paths, int length, int inFlight, Listener listener) {
    this.paths = List.copyOf(paths);
    this.length = length;
    this.inFlight = inFlight;
    this.listener = listener;
  }

  @Override
  public void run(Kernel kernel) {
    new Run(kernel).run();
  }

  /** The programs of a run: each has a number, three atoms, and its part of the data. */
  private final class Run {
    private final Kernel kernel;
    private final CompletionRing ring;
    private final Atoms atoms;
    private final long partLength = (Long.BYTES + PATH_MAX + length + 7L) & -8L;
    private final int[] files = new int[inFlight];
    private final int[] spare = new int[inFlight];
    private int spares;

    Run(Kernel kernel) {
      this.kernel = kernel;
      this.ring = CompletionRing.allocate(kernel.arena(), inFlight, 0);
      this.atoms = Atoms.allocate(kernel.arena(), ATOMS * inFlight, partLength * inFlight, ring);
      for (int i = 0; i < inFlight; i++) {
        prepare(i);
        spare[spares++] = i;
      }
    }

    private long descriptor(int program) {
      return atoms.data() + partLength * program;
    }

    private long path(int program) {
      return descriptor(program) + Long.BYTES;
    }

    private long buffer(int program) {
      return path(program) + PATH_MAX;
    }

    private void prepare(int program) {
      int open = ATOMS * program + OPEN;
      int read = ATOMS * program + READ;
      int close = ATOMS * program + CLOSE;
      long fd = descriptor(program);
      int flags = Sys.O_RDONLY | Sys.O_CLOEXEC | Sys.O_NOCTTY;
      Prep.openat(atoms.slots(), open, program, Sys.AT_FDCWD, path(program), flags, 0);
      atoms.then(open, Atoms.STOP_ON_NEGATIVE, read, fd);
      Prep.read(atoms.slots(), read, program, 0, buffer(program), length);
      atoms.fetch(read, 0, fd);
      atoms.then(read, 0, close, 0);
      Prep.close(atoms.slots(), close, program, 0);
      atoms.fetch(close, 0, fd);
      atoms.then(close, 0, Atoms.END, 0);
    }

    void run() {
      for (int file = 0; file < paths.size(); file++) {
        while (spares == 0) {
          await();
        }
        start(spare[--spares], file);
      }
      while (spares < inFlight) {
        await();
      }
    }

    private void start(int program, int file) {
      byte[] path = paths.get(file);
      files[program] = file;
      if (path.length >= PATH_MAX) {
        end(program, -Errno.ENAMETOOLONG);
        return;
      }
      CString.put(path(program), path);
      long last = kernel.exec(atoms, ATOMS * program, ATOMS, 0);
      if (last != -Syslet.ESYSLETPENDING) {
        end(program, last < 0 ? last : outcome(program));
      }
    }

    private void await() {
      long error = kernel.ringWait(ring, ring.tail());
      if (error < 0) {
        throw new IllegalStateException("ringWait: " + Errno.name((int) -error));
      }
      ring.drain(this::ended, inFlight);
    }

    private void ended(long status, long program) {
      end((int) program, status < 0 ? status : outcome((int) program));
    }

    /** What open said, or, if that was a descriptor, read. */
    private long outcome(int program) {
      long opened = atoms.status(ATOMS * program + OPEN);
      return opened < 0 ? opened : atoms.status(ATOMS * program + READ);
    }

    private void end(int program, long result) {
      listener.read(files[program], buffer(program), result);
      spare[spares++] = program;
    }
  }
}
