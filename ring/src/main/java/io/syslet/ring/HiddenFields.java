package io.syslet.ring;

import org.agrona.UnsafeApi;
import org.jspecify.annotations.Nullable;

/**
 * Fields of the JDK's own objects, by the name that they have in this JDK, private or final ones as
 * well. The caller answers for the offset: it comes from {@link #offset} for the object's class.
 */
public final class HiddenFields {
  /** The offset of a field that is not there or out of reach. */
  public static final long NONE = -1;

  private HiddenFields() {}

  /** The offset of a field in the objects of a class, or {@link #NONE}. */
  public static long offset(String owner, String field) {
    try {
      return Memory.isDirect() ? UnsafeApi.objectFieldOffset(Class.forName(owner), field) : NONE;
    } catch (ClassNotFoundException | InternalError e) {
      return NONE;
    }
  }

  /** Reads a reference. Plain. */
  public static @Nullable Object get(Object owner, long offset) {
    return UnsafeApi.getReference(owner, offset);
  }

  /** Writes an int. Plain. */
  public static void putInt(Object owner, long offset, int value) {
    UnsafeApi.putInt(owner, offset, value);
  }

  /** Writes a long. Plain. */
  public static void putLong(Object owner, long offset, long value) {
    UnsafeApi.putLong(owner, offset, value);
  }
}
