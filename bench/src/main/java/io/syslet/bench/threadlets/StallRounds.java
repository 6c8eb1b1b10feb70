package io.syslet.bench.threadlets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * {@code StallRounds virtual|pool KIND FILE ANY READERS READS WARM}: readers read, while one more
 * thread sleeps a millisecond at a time. Prints reads a second, and how late that one woke, p50,
 * p99 and at most, nanoseconds.
 */
final class StallRounds {
  private static final int POOL = 256;
  private static final int PAGE = 4096;

  private final ReadKind.Source source;
  private final int readers;
  private final LongAdder sum = new LongAdder();

  private StallRounds(ReadKind.Source source, int readers) {
    this.source = source;
    this.readers = readers;
  }

  public static void main(String[] args) throws Exception {
    ReadKind kind = ReadKind.valueOf(args[1]);
    StallRounds rounds =
        new StallRounds(
            kind.open(Path.of(args[2]), Boolean.parseBoolean(args[3])), Integer.parseInt(args[4]));
    try (ExecutorService threads =
        args[0].equals("virtual")
            ? Executors.newVirtualThreadPerTaskExecutor()
            : Executors.newFixedThreadPool(POOL)) {
      rounds.read(threads, Integer.parseInt(args[6]));
      rounds.measure(threads, Integer.parseInt(args[5]));
    }
  }

  private void measure(ExecutorService threads, int reads) throws InterruptedException {
    Ticker ticker = Ticker.start(threads);
    TimeUnit.MILLISECONDS.sleep(100);
    long start = System.nanoTime();
    read(threads, reads);
    long nanos = System.nanoTime() - start;
    System.out.println(Ticker.line(reads * 1e9 / nanos, ticker.stop()));
  }

  private void read(ExecutorService threads, int reads) throws InterruptedException {
    AtomicInteger next = new AtomicInteger();
    CountDownLatch ended = new CountDownLatch(readers);
    for (int i = 0; i < readers; i++) {
      int seed = i;
      threads.execute(() -> readAll(next, reads, seed, ended));
    }
    ended.await();
  }

  private void readAll(AtomicInteger next, int reads, int seed, CountDownLatch ended) {
    Random random = new Random(seed + 1000L * reads);
    ByteBuffer page = ByteBuffer.allocateDirect(PAGE);
    try {
      while (next.getAndIncrement() < reads) {
        sum.add(source.read(random, page));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      ended.countDown();
    }
  }
}
