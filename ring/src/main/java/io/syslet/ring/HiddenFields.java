package io.syslet.ring;

import java.lang.reflect.Field;
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

  /**
   * Writes a static field, also a final one, of which nobody has made a constant yet. Volatile.
   *
   * @throws ReflectiveOperationException if there is no such field, or it is out of reach.
   */
  public static void putStatic(String owner, String field, Object value)
      throws ReflectiveOperationException {
    if (!Memory.isDirect()) {
      throw new IllegalAccessException("fields of the JDK's are out of reach");
    }
    Field found = Class.forName(owner).getDeclaredField(field);
    UnsafeApi.putReferenceVolatile(
        UnsafeApi.staticFieldBase(found), UnsafeApi.staticFieldOffset(found), value);
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
