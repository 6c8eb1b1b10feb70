package io.syslet.examples;

import io.syslet.CString;
import io.syslet.Call;
import io.syslet.Calls;
import io.syslet.Chain;
import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Program;
import io.syslet.Step;
import io.syslet.Sys;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.List;

/**
 * The first bytes of many files, as one who wants to know their types reads them. Open, read and
 * close of a file are one program of calls: what is in the caches costs one entry, what is not one
 * hand-over, and many files are waited for at once.
 */
public final class Heads implements Program {
  /** Is told of each file, once, in whatever order they are ready. */
  public interface Listener {
    /**
     * A file was read.
     *
     * @param file its index in the list.
     * @param bytes what was read; valid until this method returns.
     * @param length how many bytes, or −errno.
     */
    void read(int file, MemorySegment bytes, long length);
  }

  private static final int PATH_MAX = 4096;
  private static final int FLAGS = Sys.O_RDONLY | Sys.O_CLOEXEC | Sys.O_NOCTTY;

  private final List<byte[]> paths;
  private final int length;
  private final int inFlight;
  private final Listener listener;
  private final ArrayDeque<Head> spare = new ArrayDeque<>();

  /** Will read {@code length} bytes of each file, {@code inFlight} files at a time. */
  public Heads(List<byte[]> paths, int length, int inFlight, Listener listener) {
    this.paths = List.copyOf(paths);
    this.length = length;
    this.inFlight = inFlight;
    this.listener = listener;
  }

  @Override
  public void run(Kernel kernel) {
    try (Calls calls = Calls.of(kernel, inFlight)) {
      for (int i = 0; i < inFlight; i++) {
        spare.add(new Head(calls));
      }
      for (int file = 0; file < paths.size(); file++) {
        while (spare.isEmpty()) {
          calls.await();
        }
        spare.pop().begin(file);
      }
      calls.awaitAll();
    }
  }

  /** The program for one file at a time. */
  private final class Head {
    private final Chain chain;
    private final MemorySegment path;
    private final MemorySegment buffer;
    private final Step opened;
    private final Step read;
    private final Call.Listener<Head> ended = (head, call, status) -> head.end(call.data());

    Head(Calls calls) {
      path = calls.allocate(PATH_MAX);
      buffer = calls.allocate(length);
      chain = calls.chain();
      opened = chain.openat(Sys.AT_FDCWD, path, FLAGS, 0).stopOnError();
      read = chain.read(opened, buffer);
      chain.close(opened);
    }

    void begin(int file) {
      byte[] name = paths.get(file);
      if (name.length >= PATH_MAX) {
        tell(file, -Errno.ENAMETOOLONG);
        return;
      }
      CString.put(path.address(), name);
      chain.begin().then(ended, this, file);
    }

    private void end(long file) {
      tell((int) file, opened.status() < 0 ? opened.status() : read.status());
    }

    private void tell(int file, long result) {
      listener.read(file, buffer, result);
      spare.push(this);
    }
  }
}
