package io.syslet.examples;

import io.syslet.Calls;
import io.syslet.Chain;
import io.syslet.Kernel;
import io.syslet.Label;
import io.syslet.Program;
import io.syslet.Step;
import io.syslet.Sys;

/** Copies one file, as one program of calls: a loop, two branches, and a sum. */
public final class Copy implements Program {
  private static final int PIECE = 1 << 30;
  private static final int MODE = 0666;
  private static final int FROM_FLAGS = Sys.O_RDONLY | Sys.O_CLOEXEC | Sys.O_NOCTTY;
  private static final int TO_FLAGS =
      Sys.O_WRONLY | Sys.O_CREAT | Sys.O_TRUNC | Sys.O_CLOEXEC | Sys.O_NOCTTY;

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
    try (Calls calls = Calls.of(kernel, 1)) {
      Chain chain = calls.chain();
      Label closeBoth = chain.label();
      Label closeOne = chain.label();
      Step in = chain.openat(Sys.AT_FDCWD, from, FROM_FLAGS, 0).stopOnError();
      Step out = chain.openat(Sys.AT_FDCWD, to, TO_FLAGS, MODE).onError(closeOne);
      Label again = chain.here();
      Step moved = chain.copyFileRange(in, out, PIECE).onNonPositive(closeBoth);
      Step sum = chain.sum(moved).goTo(again);
      closeBoth.here();
      chain.close(out);
      closeOne.here();
      chain.close(in);
      long status = chain.run();
      result = firstError(in.status(), out.status(), moved.status(), status, sum.status());
    }
  }

  /** The first −errno, or the last number. */
  private static long firstError(long... statuses) {
    long found = 0;
    for (int i = 0; i < statuses.length && found >= 0; i++) {
      found = statuses[i];
    }
    return found;
  }
}
