package io.syslet.ring;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * What {@link Memory} does where the JVM was started without a flag: all memory as one segment, by
 * public API alone. Compiled it is as fast as the other way; interpreted each var handle costs some
 * hundred nanoseconds.
 */
final class AllMemory {
  private static final MemorySegment ALL = all();
  private static final VarHandle INT = JAVA_INT.varHandle();
  private static final VarHandle LONG = JAVA_LONG.varHandle();

  private AllMemory() {}

  @SuppressWarnings("restricted")
  private static MemorySegment all() {
    return MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
  }

  static byte getByte(long address) {
    return ALL.get(JAVA_BYTE, address);
  }

  static short getShort(long address) {
    return ALL.get(JAVA_SHORT_UNALIGNED, address);
  }

  static int getInt(long address) {
    return ALL.get(JAVA_INT_UNALIGNED, address);
  }

  static long getLong(long address) {
    return ALL.get(JAVA_LONG_UNALIGNED, address);
  }

  static void putByte(long address, byte value) {
    ALL.set(JAVA_BYTE, address, value);
  }

  static void putInt(long address, int value) {
    ALL.set(JAVA_INT_UNALIGNED, address, value);
  }

  static void putLong(long address, long value) {
    ALL.set(JAVA_LONG_UNALIGNED, address, value);
  }

  static int getIntVolatile(long address) {
    return (int) INT.getVolatile(ALL, address);
  }

  static long getLongVolatile(long address) {
    return (long) LONG.getVolatile(ALL, address);
  }

  static void putIntRelease(long address, int value) {
    INT.setRelease(ALL, address, value);
  }

  static void putLongRelease(long address, long value) {
    LONG.setRelease(ALL, address, value);
  }

  static void putIntVolatile(long address, int value) {
    INT.setVolatile(ALL, address, value);
  }

  static void putLongVolatile(long address, long value) {
    LONG.setVolatile(ALL, address, value);
  }

  static boolean compareAndSetInt(long address, int expected, int value) {
    return INT.compareAndSet(ALL, address, expected, value);
  }

  static boolean compareAndSetLong(long address, long expected, long value) {
    return LONG.compareAndSet(ALL, address, expected, value);
  }

  static long getAndSetLong(long address, long value) {
    return (long) LONG.getAndSet(ALL, address, value);
  }

  static int getAndAddInt(long address, int delta) {
    return (int) INT.getAndAdd(ALL, address, delta);
  }

  static long getAndAddLong(long address, long delta) {
    return (long) LONG.getAndAdd(ALL, address, delta);
  }

  static long getAndBitwiseOrLong(long address, long bits) {
    return (long) LONG.getAndBitwiseOr(ALL, address, bits);
  }

  static long getAndBitwiseAndLong(long address, long bits) {
    return (long) LONG.getAndBitwiseAnd(ALL, address, bits);
  }

  static void copy(long from, long to, long length) {
    MemorySegment.copy(ALL, from, ALL, to, length);
  }

  static void clear(long address, long length) {
    ALL.asSlice(address, length).fill((byte) 0);
  }
}
