package io.syslet.server.journal;

import java.io.Closeable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.Wire;
import net.openhft.chronicle.wire.WireType;

/**
 * A Chronicle queue in a folder of its own, appended to by one thread at a time.
 *
 * <p>Its files are rolled when we say so, not by the clock: the queue is given a clock that stands
 * still between rolls.
 *
 * <p>The queue must meet no file but its own and those {@linkplain #spare prepared} for it: in one
 * that was cut it may wait for a record that nobody will finish.
 */
final class ChronicleLog implements Closeable {
  /** Bytes of a file that the library takes for itself at most. */
  static final int OVERHEAD = 4096;

  /** Bytes before each record: the library's header. */
  static final int HEADER = 4;

  /** Bytes that a record may have. */
  static final int MAX_RECORD = 4096;

  private static final String OVERWRITTEN = "somebody has written into its file";
  private static final long MIN_BLOCK = 64 << 10;
  private static final long MAX_BLOCK = 4 << 20;

  /** Length of a file with the least room. */
  static final long SHORTEST = length(MIN_BLOCK, MIN_BLOCK);

  // Kept, or the level would be forgotten with the logger.
  private static final Logger LOGGER = Logger.getLogger("net.openhft");

  static {
    LOGGER.setLevel(Level.SEVERE);
    for (String flag :
        new String[] {
          "chronicle.announcer.disable",
          "chronicle.disk.monitor.disable",
          "chronicle.queue.disableFileShrinking",
          "disable.single.threaded.check"
        }) {
      System.setProperty(flag, System.getProperty(flag, "true"));
    }
  }

  private final Path folder;
  private final ChronicleQueue queue;
  private final ExcerptAppender appender;
  private final ByteBuffer record =
      ByteBuffer.allocateDirect(MAX_RECORD).order(ByteOrder.LITTLE_ENDIAN);
  private final Bytes<ByteBuffer> view = Bytes.wrapForRead(record);
  private volatile int cycle = 1;
  private long end;
  private long last;

  /** Opens a queue in a folder that holds nothing but its first file, prepared. */
  ChronicleLog(Path folder, long block) {
    this.folder = folder;
    queue =
        SingleChronicleQueueBuilder.builder(folder, WireType.BINARY_LIGHT)
            .rollCycle(RollNumbers.INSTANCE)
            .timeProvider(() -> (long) cycle * RollNumbers.LENGTH)
            .blockSize(block)
            .checkInterrupts(false)
            .build();
    appender = queue.createAppender();
    appender.singleThreadedCheckDisabled(true);
    view.singleThreadedCheckDisabled(true);
  }

  /** Bytes to map at a time in files of a size. */
  static long block(long fileBytes) {
    return Math.clamp(Long.highestOneBit(fileBytes / 4), MIN_BLOCK, MAX_BLOCK);
  }

  /** Length of a file with room for so many bytes, such that the library never makes it longer. */
  static long length(long bytes, long block) {
    // It maps a quarter of a block more than it writes, and at times a block ahead.
    return ((bytes + block - 1) / block + 1) * block + Math.max(block / 4, MIN_BLOCK);
  }

  /** The file of a cycle. */
  static Path file(Path folder, int cycle) {
    return folder.resolve(RollNumbers.name(cycle) + ".cq4");
  }

  /** The file which the library takes for a cycle instead of making one. */
  static Path spare(Path folder, int cycle) {
    return folder.resolve(RollNumbers.name(cycle) + ".precreated");
  }

  /** Number of the file that is written, from 1. Any thread. */
  int cycle() {
    return cycle;
  }

  /** The file that is written. Any thread. */
  Path file() {
    return file(folder, cycle);
  }

  /** Lets the next record begin a file, the one after the present. */
  void roll(int next) {
    cycle = next;
    end = 0;
  }

  /** Where to put a record, from 0 on: direct, little-endian, of {@link #MAX_RECORD} bytes. */
  ByteBuffer record() {
    return record;
  }

  /**
   * Appends the first bytes of the buffer. Whatever the library throws, passes.
   *
   * @throws IllegalStateException if somebody else has written into the file, where we look: at the
   *     last record, at the place of this one, or at where the library finds its place.
   */
  void append(int length) {
    if (end > 0 && !isIntact()) {
      throw new IllegalStateException(OVERWRITTEN);
    }
    view.readPositionRemaining(0, length);
    appender.writeBytes(view);
    long now = position();
    long padded = HEADER + ((length + 3L) & ~3L);
    if (end > 0 && now != end + padded) {
      throw new IllegalStateException(OVERWRITTEN);
    }
    last = now - padded;
    end = now;
  }

  /** Whether the last record's header is what it was, and nothing stands behind the record. */
  private boolean isIntact() {
    Wire wire = appender.wire();
    if (wire == null) {
      return false;
    }
    Bytes<?> bytes = wire.bytes();
    long header = Integer.toUnsignedLong(bytes.readVolatileInt(last));
    return last + HEADER + ((header + 3) & ~3L) == end && bytes.readVolatileInt(end) == 0;
  }

  /** Bytes of the file in use, up to the end of the last record. */
  long position() {
    Wire wire = appender.wire();
    return wire == null ? 0 : wire.bytes().writePosition();
  }

  @Override
  public void close() {
    appender.close();
    queue.close();
  }
}
