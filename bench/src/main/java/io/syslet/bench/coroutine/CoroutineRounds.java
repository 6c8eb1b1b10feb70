package io.syslet.bench.coroutine;

/**
 * Measures one subject in a JVM of its own: {@code CoroutineRounds SUBJECT}. Prints a line {@code
 * WHAT FIGURE} for each figure: nanoseconds of processor time (of real time, if threads wait for
 * each other), or bytes. The counts are those of QEMU's {@code test-coroutine -m perf}, scaled down
 * to seconds.
 */
final class CoroutineRounds {
  private static final int ROUNDS = 3;
  private static final int SUSPENDED = 100_000;
  private static final int DEPTH = 1000;

  /** Coroutines that have entered each other lie on the thread's stack, one above the other. */
  private static final long STACK = 64L << 20;

  private final CoroutineSubject subject;
  private final long[] count = {0};
  private final boolean onThreads;
  private final int slowness;
  private boolean done;

  private CoroutineRounds(String name) {
    subject = CoroutineSubject.of(name);
    onThreads = name.equals(CoroutineReport.ON_THREADS);
    slowness = onThreads ? 100 : 1;
  }

  /** Prints the figures. */
  public static void main(String[] args) throws InterruptedException {
    CoroutineRounds rounds = new CoroutineRounds(args[0]);
    Thread thread = new Thread(null, rounds::run, "main", STACK);
    thread.start();
    thread.join();
    if (!rounds.done) {
      throw new IllegalStateException(args[0] + " was not measured");
    }
  }

  private void run() {
    round(false);
    for (int i = 0; i < ROUNDS; i++) {
      round(true);
    }
    if (!onThreads) {
      bytes();
    }
    done = true;
  }

  private void round(boolean print) {
    double create = timed(CoroutineReport.CREATES / slowness, this::creates);
    double yield = timed(CoroutineReport.YIELDS / slowness, this::yields);
    double nest = timed(CoroutineReport.NESTS / slowness, this::nests) / DEPTH;
    if (print) {
      say("create", create);
      say("yield", yield);
      say("nest", nest);
    }
  }

  private interface Loop {
    void run(int times);
  }

  private double timed(int times, Loop loop) {
    long before = count[0];
    long start = now();
    loop.run(times);
    double nanos = (double) (now() - start) / times;
    if (count[0] - before < times) {
      throw new IllegalStateException("not all have run");
    }
    return nanos;
  }

  private long now() {
    return onThreads ? System.nanoTime() : CpuTime.nanos();
  }

  private void creates(int times) {
    for (int i = 0; i < times; i++) {
      subject.counter(count).enter();
    }
  }

  private void yields(int times) {
    CoroutineSubject.Co yielder = subject.yielder(count);
    for (int i = 0; i < times; i++) {
      yielder.enter();
    }
  }

  private void nests(int times) {
    for (int i = 0; i < times; i++) {
      subject.nest(DEPTH, count).enter();
    }
  }

  private void bytes() {
    // The first ones run interpreted, whose frames are larger; and the first collection leaves some
    // of what the JVM needed to start.
    fill(new CoroutineSubject.Co[SUSPENDED]);
    used();
    CoroutineSubject.Co[] all = new CoroutineSubject.Co[SUSPENDED];
    long before = used();
    fill(all);
    say("bytes", (double) (used() - before) / SUSPENDED);
    if (all[0] == all[1]) {
      throw new IllegalStateException("the same one twice");
    }
  }

  private void fill(CoroutineSubject.Co[] all) {
    for (int i = 0; i < SUSPENDED; i++) {
      all[i] = subject.yielder(count);
      all[i].enter();
    }
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static void say(String what, double figure) {
    System.out.println(what + " " + figure);
  }
}
