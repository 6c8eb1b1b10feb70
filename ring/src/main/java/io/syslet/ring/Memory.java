package io.syslet.ring;

import org.agrona.UnsafeApi;

/**
 * User memory by address, as the kernel sees it: no bounds, no liveness, no object per access.
 *
 * <p>Everything above uses these few accessors where a {@link java.lang.foreign.MemorySegment}
 * would cost a check or, in the first hundred milliseconds of a program, an interpreted var handle;
 * only where the JVM lacks the flag that this takes, a segment is what is behind them. The caller
 * answers for the address: it comes from a segment whose bounds it has checked and whose arena
 * outlives the access. A wrong one is a fault of the whole process. Values are in the host's byte
 * order, which is little-endian on both machines that we run on.
 */
public final class Memory {
  private static final String UNSAFE = "jdk.internal.misc";

  /** Whether the JVM was started with the flag; a constant to the compiler. */
  private static final boolean DIRECT =
      Object.class.getModule().isExported(UNSAFE, UnsafeApi.class.getModule());

  private Memory() {}

  /** Whether memory is reached directly: {@code --add-exports java.base/jdk.internal.misc=…}. */
  public static boolean isDirect() {
    return DIRECT;
  }

  /** Reads one byte. Plain. */
  public static byte getByte(long address) {
    return DIRECT ? UnsafeApi.getByte(address) : AllMemory.getByte(address);
  }

  /** Reads an unsigned 16-bit value, 0 to 65,535. Plain. */
  public static int getUnsignedShort(long address) {
    return 0xffff & (DIRECT ? UnsafeApi.getShort(address) : AllMemory.getShort(address));
  }

  /** Reads 32 bits. Plain. */
  public static int getInt(long address) {
    return DIRECT ? UnsafeApi.getInt(address) : AllMemory.getInt(address);
  }

  /** Reads 64 bits. Plain. */
  public static long getLong(long address) {
    return DIRECT ? UnsafeApi.getLong(address) : AllMemory.getLong(address);
  }

  /** Writes one byte. Plain. */
  public static void putByte(long address, byte value) {
    if (DIRECT) {
      UnsafeApi.putByte(address, value);
    } else {
      AllMemory.putByte(address, value);
    }
  }

  /** Writes 32 bits. Plain. */
  public static void putInt(long address, int value) {
    if (DIRECT) {
      UnsafeApi.putInt(address, value);
    } else {
      AllMemory.putInt(address, value);
    }
  }

  /** Writes 64 bits. Plain. */
  public static void putLong(long address, long value) {
    if (DIRECT) {
      UnsafeApi.putLong(address, value);
    } else {
      AllMemory.putLong(address, value);
    }
  }

  /** Reads 32 aligned bits with acquire semantics or stronger. */
  public static int getIntAcquire(long address) {
    return getIntVolatile(address);
  }

  /** Reads 64 aligned bits with acquire semantics or stronger. */
  public static long getLongAcquire(long address) {
    return getLongVolatile(address);
  }

  /** Reads 32 aligned bits, in one order with all volatile accesses. */
  static int getIntVolatile(long address) {
    return DIRECT ? UnsafeApi.getIntVolatile(null, address) : AllMemory.getIntVolatile(address);
  }

  /** Reads 64 aligned bits, in one order with all volatile accesses. */
  static long getLongVolatile(long address) {
    return DIRECT ? UnsafeApi.getLongVolatile(null, address) : AllMemory.getLongVolatile(address);
  }

  /** Writes 32 aligned bits with release semantics. */
  public static void putIntRelease(long address, int value) {
    if (DIRECT) {
      UnsafeApi.putIntRelease(null, address, value);
    } else {
      AllMemory.putIntRelease(address, value);
    }
  }

  /** Writes 64 aligned bits with release semantics. */
  public static void putLongRelease(long address, long value) {
    if (DIRECT) {
      UnsafeApi.putLongRelease(null, address, value);
    } else {
      AllMemory.putLongRelease(address, value);
    }
  }

  /** Writes 32 aligned bits; no later load passes the store. */
  public static void putIntVolatile(long address, int value) {
    if (DIRECT) {
      UnsafeApi.putIntVolatile(null, address, value);
    } else {
      AllMemory.putIntVolatile(address, value);
    }
  }

  /** Writes 64 aligned bits; no later load passes the store. */
  public static void putLongVolatile(long address, long value) {
    if (DIRECT) {
      UnsafeApi.putLongVolatile(null, address, value);
    } else {
      AllMemory.putLongVolatile(address, value);
    }
  }

  /** Compares and sets 32 aligned bits; a full fence when it succeeds. */
  public static boolean compareAndSetInt(long address, int expected, int value) {
    return DIRECT
        ? UnsafeApi.compareAndSetInt(null, address, expected, value)
        : AllMemory.compareAndSetInt(address, expected, value);
  }

  /** Compares and sets 64 aligned bits; a full fence when it succeeds. */
  public static boolean compareAndSetLong(long address, long expected, long value) {
    return DIRECT
        ? UnsafeApi.compareAndSetLong(null, address, expected, value)
        : AllMemory.compareAndSetLong(address, expected, value);
  }

  /** Swaps 64 aligned bits; a full fence. */
  public static long getAndSetLong(long address, long value) {
    return DIRECT
        ? UnsafeApi.getAndSetLong(null, address, value)
        : AllMemory.getAndSetLong(address, value);
  }

  /** Adds to 32 aligned bits atomically, with a full fence: the value before. */
  static int getAndAddInt(long address, int delta) {
    return DIRECT
        ? UnsafeApi.getAndAddInt(null, address, delta)
        : AllMemory.getAndAddInt(address, delta);
  }

  /** Adds to 64 aligned bits atomically, with a full fence: the value before. */
  public static long getAndAddLong(long address, long delta) {
    return DIRECT
        ? UnsafeApi.getAndAddLong(null, address, delta)
        : AllMemory.getAndAddLong(address, delta);
  }

  /** Sets some of 64 aligned bits atomically, with a full fence: the value before. */
  static long getAndBitwiseOrLong(long address, long bits) {
    return DIRECT
        ? UnsafeApi.getAndBitwiseOrLong(null, address, bits)
        : AllMemory.getAndBitwiseOrLong(address, bits);
  }

  /** Keeps some of 64 aligned bits atomically, with a full fence: the value before. */
  static long getAndBitwiseAndLong(long address, long bits) {
    return DIRECT
        ? UnsafeApi.getAndBitwiseAndLong(null, address, bits)
        : AllMemory.getAndBitwiseAndLong(address, bits);
  }

  /** Copies {@code length} bytes between two ranges that do not overlap. */
  public static void copy(long from, long to, long length) {
    if (DIRECT) {
      UnsafeApi.copyMemory(from, to, length);
    } else {
      AllMemory.copy(from, to, length);
    }
  }

  /** Fills {@code length} bytes with zero. */
  public static void clear(long address, long length) {
    if (DIRECT) {
      UnsafeApi.setMemory(address, length, (byte) 0);
    } else {
      AllMemory.clear(address, length);
    }
  }
}
