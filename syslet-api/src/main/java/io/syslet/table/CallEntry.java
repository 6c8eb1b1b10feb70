package io.syslet.table;

import io.syslet.Arch;
import io.syslet.Registers;
import io.syslet.ring.Memory;

/** What the {@link CallTable} knows of one call. Immutable. */
public final class CallEntry {
  private final String name;
  private final int x86Number;
  private final int aarch64Number;
  private final byte traits;
  private final Argument[] arguments;
  private final int fileFlagsArgument;
  private final NonBlockingForm form;
  private final int nonBlockingArgument;
  private final long nonBlockingBits;

  CallEntry(EntryParser parser) {
    name = parser.name;
    x86Number = parser.x86Number;
    aarch64Number = parser.aarch64Number;
    traits = parser.traits;
    arguments = parser.arguments.toArray(new Argument[0]);
    fileFlagsArgument = parser.fileFlagsArgument;
    form = parser.form;
    nonBlockingArgument = parser.nonBlockingArgument;
    nonBlockingBits = parser.nonBlockingBits;
  }

  /** The name, such as {@code "openat"}. */
  public String name() {
    return name;
  }

  /** The number on this host; −1 if the host has no such call. */
  public int number() {
    return Arch.pick(x86Number, aarch64Number);
  }

  /** The number on x86-64. */
  public int x86Number() {
    return x86Number;
  }

  /** The number on aarch64; −1 if that has no such call. */
  public int aarch64Number() {
    return aarch64Number;
  }

  /** The bits of {@link Trait}. */
  public byte traits() {
    return traits;
  }

  /** Whether the call has a trait. */
  public boolean is(byte trait) {
    return (traits & trait) != 0;
  }

  /** How many arguments the call has, 0 to 6. */
  public int argumentCount() {
    return arguments.length;
  }

  /** Argument {@code i}, 0 to {@code argumentCount() - 1}. */
  public Argument argument(int i) {
    return arguments[i];
  }

  /**
   * Which argument takes O_CLOEXEC and O_NONBLOCK for the descriptor that the call makes: −1 if
   * none does. Not each call knows both: {@code epoll_create1} answers O_NONBLOCK with −EINVAL.
   */
  public int fileFlagsArgument() {
    return fileFlagsArgument;
  }

  /** How the call can be made without sleeping. */
  public NonBlockingForm nonBlockingForm() {
    return form;
  }

  /** For {@link NonBlockingForm#FLAG} the argument that takes the bits, else −1. */
  public int nonBlockingArgument() {
    return nonBlockingArgument;
  }

  /** For {@link NonBlockingForm#FLAG} the bits, else 0. */
  public long nonBlockingBits() {
    return nonBlockingBits;
  }

  /**
   * How many bytes argument {@code i} of a call names. Of an {@code iovec} array or a message that
   * is the length of the array or of the struct, not of what it points at.
   *
   * <p>A count behind a pointer is read here, so that pointer must have been checked; behind a null
   * one there are no bytes.
   *
   * @param registers address of the call's {@link Registers}.
   * @return bytes; {@link Long#MAX_VALUE} for more than can be; 0 for what is no memory or has no
   *     known length, as paths have none.
   */
  public long length(int i, long registers) {
    Argument argument = arguments[i];
    int count = argument.countArgument();
    return count < 0 ? argument.unit() : times(count(argument, registers), argument.unit());
  }

  private long count(Argument argument, long registers) {
    int i = argument.countArgument();
    long value = Memory.getLong(registers + Registers.argument(i));
    if (argument.countBehindPointer()) {
      return value == 0 ? 0 : Integer.toUnsignedLong(Memory.getInt(value));
    }
    return arguments[i].kind() == ArgumentKind.INT ? value & 0xffff_ffffL : value;
  }

  private static long times(long count, int unit) {
    return count < 0 || count > Long.MAX_VALUE / Math.max(unit, 1) ? Long.MAX_VALUE : count * unit;
  }

  @Override
  public String toString() {
    return name;
  }
}
