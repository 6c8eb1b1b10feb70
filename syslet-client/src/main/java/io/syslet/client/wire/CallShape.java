package io.syslet.client.wire;

import io.syslet.Nr;
import io.syslet.Registers;
import io.syslet.ring.Memory;
import io.syslet.table.Argument;
import io.syslet.table.ArgumentKind;
import io.syslet.table.CallEntry;
import io.syslet.table.CallTable;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the memory of a call travels: which of its arguments go to the server, which come back, and
 * how long they are. Made from the {@link CallTable} at the first time of asking; immutable.
 */
public final class CallShape {
  /** Bytes of a {@code struct iovec}. */
  static final int IOVEC = 16;

  /** Elements of an {@code iovec} array at most: IOV_MAX. */
  static final int MAX_IOVEC = 1024;

  private static final @Nullable CallShape[] SHAPES = new CallShape[CallTable.NUMBERS];

  /** What is read is as long as the result says; asked for less, the call may do less. */
  private static final Set<String> READS =
      Set.of(
          "read",
          "pread64",
          "readv",
          "preadv",
          "preadv2",
          "getdents",
          "getdents64",
          "readlink",
          "readlinkat",
          "getrandom",
          "getxattr",
          "lgetxattr",
          "fgetxattr",
          "listxattr",
          "llistxattr",
          "flistxattr");

  /** Asked for less, the call may do less. */
  private static final Set<String> WRITES =
      Set.of("write", "pwrite64", "writev", "pwritev", "pwritev2");

  /** What is read is as long as the result says, but the length asked for has a meaning. */
  private static final Set<String> MESSAGES = Set.of("recvfrom", "getcwd", "mq_timedreceive");

  private final CallEntry entry;
  private final boolean mayShorten;
  private final boolean resultSays;

  private CallShape(CallEntry entry) {
    this.entry = entry;
    this.mayShorten = READS.contains(entry.name()) || WRITES.contains(entry.name());
    this.resultSays = READS.contains(entry.name()) || MESSAGES.contains(entry.name());
  }

  /** The shape of a call; null for a number that the table does not know. */
  public static @Nullable CallShape of(long number) {
    // What no host has and any client may ask for names no memory, as this one.
    long nr = number == Wire.CANCEL ? Nr.GETPPID : number;
    CallEntry entry = CallTable.entry(nr);
    if (entry == null) {
      return null;
    }
    CallShape shape = SHAPES[(int) nr];
    if (shape == null) {
      shape = new CallShape(entry);
      SHAPES[(int) nr] = shape;
    }
    return shape;
  }

  /** How many arguments the call has. */
  public int arguments() {
    return entry.argumentCount();
  }

  /** What argument {@code i} is. */
  public ArgumentKind kind(int i) {
    return entry.argument(i).kind();
  }

  /** Whether argument {@code i} names memory in this call. */
  public boolean isMemory(int i, long registers) {
    return kind(i).isPointer() && register(registers, i) != 0;
  }

  /** Whether argument {@code i} names memory that cannot travel. */
  public boolean isStranger(int i, long registers) {
    return switch (kind(i)) {
      case ADDRESS, MESSAGE_IN, MESSAGE_OUT -> register(registers, i) != 0;
      case IOVEC_IN, IOVEC_OUT -> !mayShorten && register(registers, i) != 0;
      default -> false;
    };
  }

  /** Whether memory of that kind goes to the server. */
  public static boolean goes(ArgumentKind kind) {
    return switch (kind) {
      case PATH, STRING, IN, INOUT, IOVEC_IN -> true;
      default -> false;
    };
  }

  /** Whether memory of that kind comes back. */
  public static boolean comes(ArgumentKind kind) {
    return switch (kind) {
      case OUT, INOUT, IOVEC_OUT -> true;
      default -> false;
    };
  }

  /** Whether the count of argument {@code i} lies behind another argument, a pointer. */
  public boolean isCountedBehindPointer(int i) {
    return entry.argument(i).countBehindPointer();
  }

  /** Which argument counts the units of argument {@code i}; −1 if none does. */
  public int countArgument(int i) {
    return entry.argument(i).countArgument();
  }

  /** Bytes of argument {@code i}, whose count, if it has one, is in the registers. */
  public long length(int i, long registers) {
    return entry.length(i, registers);
  }

  /** Whether a count may be made smaller: the call then does less, as it may anyhow. */
  public boolean mayShorten(int i) {
    Argument argument = entry.argument(i);
    return mayShorten && argument.countArgument() >= 0 && argument.unit() == 1;
  }

  /**
   * Bytes of an out-buffer that are worth sending back.
   *
   * @param length of the buffer.
   * @param status of the call, 0 or more.
   */
  public long written(int i, long length, long status) {
    Argument argument = entry.argument(i);
    boolean says = resultSays && argument.countArgument() >= 0 && !argument.countBehindPointer();
    return says ? Math.min(length, status) : length;
  }

  /** Argument {@code i} of the registers at an address. */
  public static long register(long registers, int i) {
    return Memory.getLong(registers + Registers.argument(i));
  }

  /** Sets argument {@code i}. */
  public static void register(long registers, int i, long value) {
    Memory.putLong(registers + Registers.argument(i), value);
  }
}
