package io.syslet.threads.slow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The plain files of a real folder, as they were when it was opened, behind the names of a slow
 * one. A file's node is its index above {@link #FIRST}.
 */
final class SlowFolder {
  static final long FIRST = 16;
  private static final int REGULAR = 8;

  private final List<String> names = new ArrayList<>();
  private final List<FileChannel> files = new ArrayList<>();

  /** Opens all files of a folder; none for an empty name. */
  static SlowFolder open(String folder) throws IOException {
    SlowFolder opened = new SlowFolder();
    if (!folder.isEmpty()) {
      try (Stream<Path> paths = Files.list(Path.of(folder))) {
        for (Path path : paths.filter(Files::isRegularFile).toList()) {
          opened.names.add(String.valueOf(path.getFileName()));
          opened.files.add(FileChannel.open(path));
        }
      }
    }
    return opened;
  }

  /** The node of a name, or −1. */
  long node(String name) {
    int index = names.indexOf(name);
    return index < 0 ? -1 : FIRST + index;
  }

  /** Whether a node is one of these files. */
  boolean has(long node) {
    return node >= FIRST && node < FIRST + files.size();
  }

  /** The size of a file. */
  long size(long node) {
    try {
      return files.get((int) (node - FIRST)).size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads from a file into an answer. */
  void read(long node, long offset, MemorySegment to) {
    try {
      ByteBuffer buffer = to.asByteBuffer();
      FileChannel file = files.get((int) (node - FIRST));
      for (long at = offset; buffer.hasRemaining(); ) {
        int count = file.read(buffer, at);
        if (count < 0) {
          return;
        }
        at += count;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** struct fuse_dirent of each name from an index on, as many as fit. */
  FuseAnswer list(FuseAnswer answer, long from, int most) {
    int left = most;
    for (int i = (int) from; i < names.size(); i++) {
      byte[] name = names.get(i).getBytes(StandardCharsets.UTF_8);
      int padded = (name.length + 7) & ~7;
      left -= 24 + padded;
      if (left < 0) {
        return answer;
      }
      answer.u64(FIRST + i).u64(i + 1).u32(name.length).u32(REGULAR);
      MemorySegment.copy(name, 0, answer.room(padded), ValueLayout.JAVA_BYTE, 0, name.length);
    }
    return answer;
  }
}
