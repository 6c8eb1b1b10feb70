package io.syslet.ring;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A ring's file, mapped; the mapping ends when nobody can reach it any more. */
final class RingFile {
  private RingFile() {}

  static MemorySegment create(Path file, int elements, int waitGroup) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      long length = RingDescriptor.length(elements);
      MemorySegment memory = channel.map(MapMode.READ_WRITE, 0, length, Arena.ofAuto());
      RingFormat.writeHeader(memory.address(), elements, waitGroup);
      return memory;
    }
  }

  static MemorySegment open(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      MemorySegment memory = channel.map(MapMode.READ_WRITE, 0, channel.size(), Arena.ofAuto());
      if (RingFormat.check(memory) != 0 || RingFormat.isBlank(memory)) {
        throw new IOException("not a ring: " + file);
      }
      return memory;
    }
  }
}
