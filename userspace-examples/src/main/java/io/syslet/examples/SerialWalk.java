package io.syslet.examples;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;

/**
 * The trivial program that Linus Torvalds asked for: list a directory, lstat each entry, go down.
 * It is written as if it were serial, and is, with {@code Runnable::run} for {@code down}; with an
 * executor of threadlets each directory is one, runs until it blocks, and the others go on then.
 */
public final class SerialWalk {
  private final Executor down;
  private final BiConsumer<Path, IOException> failed;

  private final AtomicLong underWay = new AtomicLong();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final LongAdder entries = new LongAdder();
  private final LongAdder directories = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder errors = new LongAdder();

  /**
   * Makes ready.
   *
   * @param down how to go down a directory.
   * @param failed hears of what could not be read; by any thread.
   */
  public SerialWalk(Executor down, BiConsumer<Path, IOException> failed) {
    this.down = down;
    this.failed = failed;
  }

  /** Walks below a directory, to the end. For one use. */
  public void run(Path directory) throws InterruptedException {
    goDown(directory);
    ended.await();
  }

  private void goDown(Path directory) {
    underWay.incrementAndGet();
    down.execute(() -> walkAndLeave(directory));
  }

  private void walkAndLeave(Path directory) {
    try {
      walk(directory);
    } finally {
      if (underWay.decrementAndGet() == 0) {
        ended.countDown();
      }
    }
  }

  private void walk(Path directory) {
    try (DirectoryStream<Path> names = Files.newDirectoryStream(directory)) {
      for (Path name : names) {
        look(name);
      }
    } catch (DirectoryIteratorException e) {
      fail(directory, Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      fail(directory, e);
    }
  }

  private void look(Path entry) {
    try {
      BasicFileAttributes found =
          Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      entries.increment();
      bytes.add(found.size());
      if (found.isDirectory()) {
        directories.increment();
        goDown(entry);
      }
    } catch (IOException e) {
      fail(entry, e);
    }
  }

  /** What has gone since its name was read is no error. */
  private void fail(Path path, IOException e) {
    if (!(e instanceof NoSuchFileException)) {
      errors.increment();
      failed.accept(path, e);
    }
  }

  /** Everything below the directory, hard links each time. */
  public long entries() {
    return entries.sum();
  }

  /** The directories among the entries. */
  public long directories() {
    return directories.sum();
  }

  /** The sum of st_size. */
  public long bytes() {
    return bytes.sum();
  }

  /** What could not be read. */
  public long errors() {
    return errors.sum();
  }
}
