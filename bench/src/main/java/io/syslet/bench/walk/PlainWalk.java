package io.syslet.bench.walk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Entries and bytes below a directory: {@code PlainWalk tree|threads DIR}, by one visitor, or by a
 * virtual thread for each directory. A file of its own, so that the scripts can compile it alone.
 */
public final class PlainWalk {
  private final LongAdder entries = new LongAdder();
  private final LongAdder bytes = new LongAdder();

  /** Directories that are still to be walked. */
  private final AtomicLong open = new AtomicLong();

  private final CountDownLatch done = new CountDownLatch(1);

  private PlainWalk() {}

  /** Prints both. */
  public static void main(String[] args) throws IOException, InterruptedException {
    PlainWalk walk = new PlainWalk();
    Path root = Path.of(args[1]);
    if (args[0].equals("tree")) {
      walk.visit(root);
    } else {
      walk.start(root);
      walk.done.await();
    }
    System.out.println(walk.entries + " " + walk.bytes);
  }

  private void visit(Path root) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            if (!dir.equals(root)) {
              add(attributes);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            add(attributes);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private void add(BasicFileAttributes attributes) {
    entries.increment();
    bytes.add(attributes.size());
  }

  private void start(Path dir) {
    open.incrementAndGet();
    Thread.startVirtualThread(
        () -> {
          try {
            list(dir);
          } finally {
            if (open.decrementAndGet() == 0) {
              done.countDown();
            }
          }
        });
  }

  private void list(Path dir) {
    try (DirectoryStream<Path> below = Files.newDirectoryStream(dir)) {
      for (Path entry : below) {
        var attributes =
            Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        add(attributes);
        if (attributes.isDirectory()) {
          start(entry);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
