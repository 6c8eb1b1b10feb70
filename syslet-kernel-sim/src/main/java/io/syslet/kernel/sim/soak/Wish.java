package io.syslet.kernel.sim.soak;

import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.Registers;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A call that a program wants to be made, and what may come of it. */
final class Wish {
  /** What a call waits for. */
  enum Wait {
    /** Nothing but time or the disk, which come by themselves. */
    NONE,
    /** Something to read. */
    READ,
    /** Room to write. */
    WRITE,
    /** That poll finds something to read. */
    POLL,
    /** That epoll does, at any source. */
    EPOLL,
    /** A wake-up. */
    FUTEX
  }

  final String name;
  final long nr;
  final long[] arguments;

  /** What it may wait for, for as long as nobody brings it about; and where. */
  final Wait need;

  final @Nullable Source source;

  private final long least;
  private final long most;
  private final int[] errors;

  private Wish(
      String name,
      long nr,
      long[] arguments,
      Wait need,
      @Nullable Source source,
      long least,
      long most,
      int[] errors) {
    this.name = name;
    this.nr = nr;
    this.arguments = Arrays.copyOf(arguments, 6);
    this.need = need;
    this.source = source;
    this.least = least;
    this.most = most;
    this.errors = errors;
  }

  /**
   * A call that does not wait for others.
   *
   * @param least the least value that it may answer.
   * @param most the greatest.
   * @param errors that it may answer in addition, as positive numbers.
   */
  static Wish of(String name, long nr, long least, long most, int[] errors, long... arguments) {
    return new Wish(name, nr, arguments, Wait.NONE, null, least, most, errors);
  }

  /** A call that may wait. */
  static Wish waiting(
      String name,
      long nr,
      Wait need,
      @Nullable Source source,
      long least,
      long most,
      int[] errors,
      long... arguments) {
    return new Wish(name, nr, arguments, need, source, least, most, errors);
  }

  void put(long registers) {
    long[] a = arguments;
    Registers.put(registers, nr, a[0], a[1], a[2], a[3], a[4], a[5]);
  }

  void put(CallSlots slots, int i, long callerData) {
    long[] a = arguments;
    slots.set(i, callerData, nr, a[0], a[1], a[2], a[3], a[4], a[5]);
  }

  /** Whether the call may end so on a machine without signals and faults. */
  boolean allows(long status) {
    if (status >= least && status <= most) {
      return true;
    }
    for (int errno : errors) {
      if (status == -errno) {
        return true;
      }
    }
    return false;
  }

  /** Whether bytes go through its source, so that they can be counted. */
  boolean isTransfer() {
    return (need == Wait.READ || need == Wait.WRITE)
        && source != null
        && source.kind == Source.Kind.PIPE;
  }

  boolean mayEndWith(long status, World world) {
    return allows(status)
        || (status == -Errno.EINTR && world.signals)
        || (world.isClosing()
            && (status == -Errno.EINTR
                || status == -Errno.ECANCELED
                || status == -Errno.ESHUTDOWN));
  }

  @Override
  public String toString() {
    return name + (source == null ? "" : " of " + source);
  }
}
