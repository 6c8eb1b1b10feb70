package io.syslet.server.journal;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.rollcycles.RollCycleArithmetic;

/**
 * Files that are numbered, where Chronicle has cycles of time: file n is the one of second n. The
 * library's index inside a file is as small as it can be, for nobody looks a record up in it.
 */
enum RollNumbers implements RollCycle {
  /** The only one. */
  INSTANCE;

  /** Milliseconds of a cycle, by the library's clock. */
  static final int LENGTH = 1000;

  private static final String FORMAT = "yyyyMMdd-HHmmss";
  private static final int INDEX_COUNT = 8;
  private static final int INDEX_SPACING = 1 << 20;
  private static final DateTimeFormatter NAMES = DateTimeFormatter.ofPattern(FORMAT, Locale.ROOT);
  private static final RollCycleArithmetic ARITHMETIC =
      RollCycleArithmetic.of(INDEX_COUNT, INDEX_SPACING);

  /** Name of a file, without its suffix. */
  static String name(int cycle) {
    return NAMES.format(LocalDateTime.ofEpochSecond(cycle, 0, ZoneOffset.UTC));
  }

  @Override
  public String format() {
    return FORMAT;
  }

  @Override
  public int lengthInMillis() {
    return LENGTH;
  }

  @Override
  public int defaultIndexCount() {
    return INDEX_COUNT;
  }

  @Override
  public int defaultIndexSpacing() {
    return INDEX_SPACING;
  }

  @Override
  public long toIndex(int cycle, long sequenceNumber) {
    return ARITHMETIC.toIndex(cycle, sequenceNumber);
  }

  @Override
  public long toSequenceNumber(long index) {
    return ARITHMETIC.toSequenceNumber(index);
  }

  @Override
  public int toCycle(long index) {
    return ARITHMETIC.toCycle(index);
  }

  @Override
  public long maxMessagesPerCycle() {
    return ARITHMETIC.maxMessagesPerCycle();
  }
}
