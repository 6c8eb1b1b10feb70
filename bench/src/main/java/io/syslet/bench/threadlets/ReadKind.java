package io.syslet.bench.threadlets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Random;

/** How a thread reads, in unmodified Java. */
enum ReadKind {
  MAPPED,
  CHANNEL,
  ATTRIBUTES;

  private static final int PAGE = 4096;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Something to read from; shared by threads. */
  interface Source {
    /** Reads once, somewhere; the buffer and the random numbers are the thread's. */
    long read(Random random, ByteBuffer page) throws IOException;
  }

  /** Opens a file; names are asked for beside it, always other ones if there is any name. */
  Source open(Path file, boolean anyName) throws IOException {
    FileChannel channel = FileChannel.open(file);
    int pages = (int) (channel.size() / PAGE);
    return switch (this) {
      case MAPPED -> {
        MappedByteBuffer map = channel.map(FileChannel.MapMode.READ_ONLY, 0, (long) pages * PAGE);
        yield (random, page) -> map.get(random.nextInt(pages) * PAGE);
      }
      case CHANNEL ->
          (random, page) -> channel.read(page.clear(), (long) random.nextInt(pages) * PAGE);
      case ATTRIBUTES ->
          (random, page) -> size(anyName ? file.resolveSibling("n" + random.nextLong()) : file);
    };
  }

  private static long size(Path path) throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .size();
    } catch (NoSuchFileException e) {
      return 0;
    }
  }
}
