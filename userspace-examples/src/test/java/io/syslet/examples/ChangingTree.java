package io.syslet.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** Creates, renames, replaces and deletes below a directory until told to stop. */
final class ChangingTree implements Runnable {
  private static final int DIRECTORIES = 20;

  private final Path top;
  private final Thread thread = new Thread(this, "changing tree");
  private final AtomicLong rounds = new AtomicLong();
  private volatile boolean ending;

  ChangingTree(Path top) {
    this.top = top;
  }

  void start() {
    thread.start();
  }

  void end() throws InterruptedException {
    ending = true;
    thread.join();
  }

  long rounds() {
    return rounds.get();
  }

  @Override
  public void run() {
    while (!ending) {
      try {
        round();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      rounds.incrementAndGet();
    }
  }

  private void round() throws IOException {
    for (int i = 0; i < DIRECTORIES; i++) {
      Path directory = Files.createDirectory(top.resolve("d" + i));
      Files.writeString(directory.resolve("file"), "x");
      Files.createDirectory(directory.resolve("sub"));
      Files.move(directory, top.resolve("e" + i));
    }
    for (int i = 0; i < DIRECTORIES; i++) {
      Path directory = top.resolve("e" + i);
      Files.delete(directory.resolve("sub"));
      Files.writeString(directory.resolve("sub"), "a file now");
      Files.delete(directory.resolve("sub"));
      Files.delete(directory.resolve("file"));
      Files.delete(directory);
      Files.createSymbolicLink(directory, Path.of("."));
      Files.delete(directory);
    }
  }
}
