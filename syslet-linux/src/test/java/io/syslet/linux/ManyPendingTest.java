package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Syslet;
import io.syslet.kernel.contract.Rig;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.Memory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Many reads of pipes are pending at once, in a JVM of their own: what they cost. */
class ManyPendingTest {
  private static final int PER_PIPE = 20;
  private static final int MOST_THREADS = 8;
  private static final long MOST_KILOBYTES = 200 << 10;

  @Test
  void tenThousandReadsNeedNoThreads() throws Exception {
    pending(10_000);
  }

  @Test
  void aHundredThousandReadsFitIntoTwoHundredMegabytes() throws Exception {
    assumeTrue(Boolean.getBoolean("syslet.long"), "only with -Plong");
    pending(100_000);
  }

  /** Each pipe has two descriptors, and the kernel's own for it. */
  private static void pending(int calls) throws Exception {
    long descriptors = 3L * calls / PER_PIPE + 100;
    assumeTrue(limit() >= descriptors, "ulimit -n is less than " + descriptors);
    String printed =
        OtherJvm.run(Main.class, "-Xmx160m -XX:+UseSerialGC -Xss512k", String.valueOf(calls));
    String[] figures = printed.strip().split(" ", -1);
    assertThat(Integer.parseInt(figures[0])).as("more threads").isLessThanOrEqualTo(MOST_THREADS);
    assertThat(Long.parseLong(figures[1])).as("more KiB").isLessThan(MOST_KILOBYTES);
  }

  @Test
  void withoutMoreDescriptorsAWorkerWaits() throws Exception {
    assertThat(OtherJvm.run(AtTheLimit.class, "")).endsWith("as ever\n");
  }

  private static long limit() throws Exception {
    for (String line : Files.readAllLines(Path.of("/proc/self/limits"))) {
      if (line.startsWith("Max open files")) {
        String soft = line.substring("Max open files".length()).strip().split(" +", -1)[0];
        return soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft);
      }
    }
    return 0;
  }

  /** Prints how many threads and KiB so many pending reads have cost. */
  static final class Main {
    private Main() {}

    public static void main(String[] arguments) throws Exception {
      int calls = Integer.parseInt(arguments[0]);
      try (LinuxKernel kernel = LinuxKernel.boot()) {
        kernel.run(k -> round(k, PER_PIPE));
        kernel.run(k -> round(k, calls));
      }
    }

    private static void round(Kernel kernel, int calls) throws Exception {
      long threads = status("Threads:");
      long kilobytes = status("VmRSS:");
      CompletionRing ring = CompletionRing.allocate(kernel.arena(), 1 << 17, 1);
      Rig[] rigs = new Rig[calls / PER_PIPE];
      for (int i = 0; i < rigs.length; i++) {
        rigs[i] = new Rig(kernel, ring);
        for (int c = 0; c < PER_PIPE; c++) {
          must(-Syslet.ESYSLETPENDING, rigs[i].read((long) i * PER_PIPE + c));
        }
      }
      must(calls, kernel.stats().inFlight());
      must(calls, kernel.stats().withoutWorker() - (calls == PER_PIPE ? 0 : PER_PIPE));
      long moreThreads = status("Threads:") - threads;
      long moreKilobytes = status("VmRSS:") - kilobytes;
      for (Rig rig : rigs) {
        rig.feed(PER_PIPE);
      }
      boolean[] seen = new boolean[calls];
      for (int i = 0; i < calls; i++) {
        must(1, rigs[0].await());
        int which = (int) rigs[0].consume();
        must(0, seen[which] ? 1 : 0);
        seen[which] = true;
      }
      for (Rig rig : rigs) {
        rig.close();
      }
      if (calls != PER_PIPE) {
        System.out.println(moreThreads + " " + moreKilobytes);
      }
    }

    private static void must(long expected, long found) {
      if (expected != found) {
        throw new IllegalStateException(found + ", not " + expected);
      }
    }

    private static long status(String name) throws Exception {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith(name)) {
          return Long.parseLong(line.substring(name.length()).strip().split(" ", -1)[0]);
        }
      }
      return 0;
    }
  }

  /** Reads of pipes with and without a descriptor to be had. */
  static final class AtTheLimit {
    private static final int RLIMIT_NOFILE = 7;
    private static final long FUTEX_WAIT = 128;
    private static final long FUTEX_WAKE = 129;

    private AtTheLimit() {}

    public static void main(String[] arguments) throws Exception {
      try (LinuxKernel kernel = LinuxKernel.boot()) {
        kernel.run(AtTheLimit::reads);
      }
    }

    private static void reads(Kernel kernel) {
      Rig rig = new Rig(kernel);
      Rig other = new Rig(kernel);
      read(rig);
      loadTheRest(rig);
      long withoutWorker = kernel.stats().withoutWorker();
      long pending = kernel.stats().pending();
      long old = kernel.arena().allocate(16, 8).address();
      long low = kernel.arena().allocate(16, 8).address();
      Main.must(0, kernel.syscall(Nr.PRLIMIT64, 0, RLIMIT_NOFILE, 0, old, 0, 0));
      Memory.putLong(low, 3);
      Memory.putLong(low + 8, Memory.getLong(old + 8));
      Main.must(0, kernel.syscall(Nr.PRLIMIT64, 0, RLIMIT_NOFILE, low, 0, 0, 0));
      read(other);
      Main.must(withoutWorker, kernel.stats().withoutWorker());
      Main.must(pending + 1, kernel.stats().pending());
      Main.must(0, kernel.syscall(Nr.PRLIMIT64, 0, RLIMIT_NOFILE, old, 0, 0, 0));
      read(rig);
      Main.must(withoutWorker + 1, kernel.stats().withoutWorker());
      System.out.println("as ever");
    }

    /** Without a descriptor no class can be loaded: has a worker, and sleeps at a ring, before. */
    private static void loadTheRest(Rig rig) {
      Main.must(-Errno.ETIME, rig.kernel.ringWait(rig.ring, rig.ring.tail(), 1, 1_000_000));
      Main.must(-Syslet.ESYSLETPENDING, rig.call(1, Nr.FUTEX, rig.buffer, FUTEX_WAIT, 0));
      Main.must(1, rig.kernel.syscall(Nr.FUTEX, rig.buffer, FUTEX_WAKE, 1));
      Main.must(0, rig.await());
      Main.must(1, rig.consume());
    }

    private static void read(Rig rig) {
      Main.must(-Syslet.ESYSLETPENDING, rig.read(1));
      rig.feed(1);
      Main.must(1, rig.await());
      Main.must(1, rig.consume());
    }
  }
}
