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
import org.jspecify.annotations.Nullable;

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
     * @param path its path.
     * @param bytes what was read; valid until this method returns.
     * @param length how many bytes, or −errno.
     */
    void read(byte[] path, MemorySegment bytes, long length);
  }

  /** Where the files come from; asked by the task that reads them. */
  public interface Source {
    /** Begins calls that lead to files, if there are to be any more. */
    default void advance(Calls calls) {}

    /** The path of the next file; null if none is known yet. */
    byte @Nullable [] next();
  }

  private static final int FLAGS = Sys.O_RDONLY | Sys.O_CLOEXEC | Sys.O_NOCTTY;

  /** Calls of the source, beside those that read. */
  private static final int OTHERS = 64;

  private final Source source;
  private final int length;
  private final int inFlight;
  private final Listener listener;
  private final ArrayDeque<Head> spare = new ArrayDeque<>();

  /** Will read {@code length} bytes of each file, {@code inFlight} files at a time. */
  public Heads(Source source, int length, int inFlight, Listener listener) {
    this.source = source;
    this.length = length;
    this.inFlight = inFlight;
    this.listener = listener;
  }

  @Override
  public void run(Kernel kernel) {
    try (Calls calls = Calls.of(kernel, inFlight + OTHERS)) {
      for (int i = 0; i < inFlight; i++) {
        spare.add(new Head(calls));
      }
      long before;
      do {
        before = calls.made();
        source.advance(calls);
        begin();
        // Some may have ended already when they were begun, and led to others.
      } while (calls.await() || calls.made() > before);
    }
  }

  private void begin() {
    while (!spare.isEmpty()) {
      byte[] path = source.next();
      if (path == null) {
        return;
      }
      spare.pop().begin(path);
    }
  }

  /** The program for one file at a time. */
  private final class Head {
    private final Chain chain;
    private final MemorySegment path;
    private final MemorySegment buffer;
    private final Step opened;
    private final Step read;
    private final Call.Listener<Head> ended = (head, call, status) -> head.end();
    private byte[] name = {};

    Head(Calls calls) {
      path = calls.allocate(CString.PATH_MAX);
      buffer = calls.allocate(length);
      chain = calls.chain();
      opened = chain.openat(Sys.AT_FDCWD, path, FLAGS, 0).stopOnError();
      read = chain.read(opened, buffer);
      chain.close(opened);
    }

    void begin(byte[] file) {
      name = file;
      if (name.length >= CString.PATH_MAX) {
        tell(-Errno.ENAMETOOLONG);
        return;
      }
      CString.put(path.address(), name);
      chain.begin().then(ended, this, 0);
    }

    private void end() {
      tell(opened.status() < 0 ? opened.status() : read.status());
    }

    private void tell(long result) {
      listener.read(name, buffer, result);
      spare.push(this);
    }
  }
}
