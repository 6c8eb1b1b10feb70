package io.syslet.ring;

import org.agrona.UnsafeApi;

/**
 * User memory by address, as the kernel sees it: no bounds, no liveness, no object per access.
 *
 * <p>Everything above uses these few accessors where a {@link java.lang.foreign.MemorySegment}
 * would cost a check or, in the first hundred milliseconds of a program, an interpreted var handle.
 * The caller answers for the address: it comes from a segment whose bounds it has checked and whose
 * arena outlives the access. A wrong one is a fault of the whole process. Values are in the host's
 * byte order, which is little-endian on both machines that we run on.
 */
public final class Memory {
  private Memory() {}

  /** Reads one byte. Plain. */
  public static byte getByte(long address) {
    return UnsafeApi.getByte(address);
  }

  /** Reads an unsigned 16-bit value, 0 to 65,535. Plain. */
  public static int getUnsignedShort(long address) {
    return UnsafeApi.getShort(address) & 0xffff;
  }

  /** Reads 32 bits. Plain. */
  public static int getInt(long address) {
    return UnsafeApi.getInt(address);
  }

  /** Reads 64 bits. Plain. */
  public static long getLong(long address) {
    return UnsafeApi.getLong(address);
  }

  /** Writes one byte. Plain. */
  public static void putByte(long address, byte value) {
    UnsafeApi.putByte(address, value);
  }

  /** Writes 32 bits. Plain. */
  public static void putInt(long address, int value) {
    UnsafeApi.putInt(address, value);
  }

  /** Writes 64 bits. Plain. */
  public static void putLong(long address, long value) {
    UnsafeApi.putLong(address, value);
  }

  /** Reads 32 aligned bits with acquire semantics or stronger. */
  public static int getIntAcquire(long address) {
    return UnsafeApi.getIntVolatile(null, address);
  }

  /** Reads 64 aligned bits with acquire semantics or stronger. */
  public static long getLongAcquire(long address) {
    return UnsafeApi.getLongVolatile(null, address);
  }

  /** Writes 32 aligned bits with release semantics. */
  public static void putIntRelease(long address, int value) {
    UnsafeApi.putIntRelease(null, address, value);
  }

  /** Writes 64 aligned bits with release semantics. */
  public static void putLongRelease(long address, long value) {
    UnsafeApi.putLongRelease(null, address, value);
  }

  /** Writes 32 aligned bits; no later load passes the store. */
  public static void putIntVolatile(long address, int value) {
    UnsafeApi.putIntVolatile(null, address, value);
  }

  /** Writes 64 aligned bits; no later load passes the store. */
  public static void putLongVolatile(long address, long value) {
    UnsafeApi.putLongVolatile(null, address, value);
  }

  /** Compares and sets 32 aligned bits; a full fence when it succeeds. */
  public static boolean compareAndSetInt(long address, int expected, int value) {
    return UnsafeApi.compareAndSetInt(null, address, expected, value);
  }

  /** Compares and sets 64 aligned bits; a full fence when it succeeds. */
  public static boolean compareAndSetLong(long address, long expected, long value) {
    return UnsafeApi.compareAndSetLong(null, address, expected, value);
  }

  /** Swaps 64 aligned bits; a full fence. */
  public static long getAndSetLong(long address, long value) {
    return UnsafeApi.getAndSetLong(null, address, value);
  }

  /** Adds to 64 aligned bits atomically, with a full fence: the value before. */
  public static long getAndAddLong(long address, long delta) {
    return UnsafeApi.getAndAddLong(null, address, delta);
  }

  /** Copies {@code length} bytes between two ranges that do not overlap. */
  public static void copy(long from, long to, long length) {
    UnsafeApi.copyMemory(from, to, length);
  }

  /** Fills {@code length} bytes with zero. */
  public static void clear(long address, long length) {
    UnsafeApi.setMemory(address, length, (byte) 0);
  }
}
