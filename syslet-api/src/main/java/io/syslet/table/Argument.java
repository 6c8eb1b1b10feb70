package io.syslet.table;

/**
 * What one argument of a call is, and how much memory it names.
 *
 * @param kind what it is.
 * @param unit bytes of memory, or of an element of it; 0 for what is no memory of known length. An
 *     element of an {@code iovec} array has 16.
 * @param countArgument which argument, 0 to 5, says how many units there are; −1 if there is one.
 * @param countBehindPointer whether that argument points at the count, a u32 that is read before
 *     the call.
 */
public record Argument(ArgumentKind kind, int unit, int countArgument, boolean countBehindPointer) {
  static final int NO_COUNT = -1;

  static Argument plain(ArgumentKind kind) {
    return new Argument(kind, 0, NO_COUNT, false);
  }
}
