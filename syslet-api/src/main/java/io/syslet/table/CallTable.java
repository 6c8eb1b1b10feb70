package io.syslet.table;

import io.syslet.Arch;
import io.syslet.Nr;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the host's calls, by number: name, arguments, traits. The entry asks it what to
 * refuse, tracing how to print a call, a service how to carry one elsewhere, a journal what to
 * record. A number that it does not know is none the worse for it: such a call can still be made.
 *
 * <p>Of a number the low 32 bits count, as with Linux. Numbers with bit 30 set are refused: on
 * x86-64 they are the x32 twins of calls, and {@link Nr#INDIRECT} and its like are among them.
 *
 * <p>Any thread may call these methods. Nothing is thrown; what {@link #entry}, {@link #name} and
 * {@link #number} return may be made at the first time of asking, all else allocates nothing.
 */
public final class CallTable {
  /** How many numbers the table can hold: 0 to 511, more than any Linux has. */
  public static final int NUMBERS = 512;

  private static final CallIndex HOST = new CallIndex(CallText.bytes(), Arch.X86_64);
  private static final byte[] TRAITS = HOST.traits;
  private static final @Nullable CallEntry[] ENTRIES = new CallEntry[NUMBERS];
  private static final byte BEYOND = Trait.REFUSED | Trait.LOOK;
  private static final int REFUSED_BIT = 30;

  private CallTable() {}

  /** The bits of {@link Trait} that a call has; 0 for an unknown number. */
  public static byte traits(long nr) {
    int n = (int) nr;
    if (isInTable(n)) {
      return TRAITS[n];
    }
    return n >>> REFUSED_BIT == 1 ? BEYOND : 0;
  }

  /**
   * Whether a call may be made without a {@linkplain Trait#LOOK look} at it. Of a number all 64
   * bits count here; one that is not from 0 to {@link #NUMBERS} − 1 is looked at.
   */
  public static boolean isPlain(long nr) {
    return nr >= 0 && nr < NUMBERS && (TRAITS[(int) nr] & Trait.LOOK) == 0;
  }

  /**
   * Whether the entry must answer −EINVAL: the call is {@link Trait#REFUSED}, or {@link
   * Trait#CONDITIONAL} and its arguments make it so. Only registers are looked at, no memory.
   */
  public static boolean refuses(long nr, long a0, long a1, long a2, long a3, long a4, long a5) {
    byte traits = traits(nr);
    if ((traits & Trait.CONDITIONAL) != 0) {
      return Condition.refuses((int) nr, (int) a0, (int) a1);
    }
    return (traits & Trait.REFUSED) != 0;
  }

  /**
   * Whether a call changes something that others can see: {@link Trait#EFFECTS}, less an {@code
   * open} that makes and truncates nothing, and an {@code fcntl} that only asks or concerns the
   * descriptor. True for an unknown number. Only registers are looked at, no memory.
   */
  public static boolean hasEffects(long nr, long a0, long a1, long a2, long a3, long a4, long a5) {
    if ((traits(nr) & Trait.EFFECTS) != 0) {
      return Condition.hasEffects((int) nr, (int) a1, (int) a2);
    }
    return !isKnown(nr);
  }

  /** Whether the table has the call. */
  public static boolean isKnown(long nr) {
    int n = (int) nr;
    return isInTable(n) && HOST.lines[n] != 0;
  }

  private static boolean isInTable(int n) {
    return (n & -NUMBERS) == 0;
  }

  /** All that is known of a call; null for an unknown number. */
  public static @Nullable CallEntry entry(long nr) {
    if (!isKnown(nr)) {
      return null;
    }
    CallEntry entry = ENTRIES[(int) nr];
    return entry != null ? entry : read((int) nr);
  }

  private static CallEntry read(int n) {
    CallEntry entry = EntryParser.parse(HOST.text, HOST.lines[n] - 1, Arch.X86_64);
    ENTRIES[n] = entry;
    return entry;
  }

  /** The name of a call; {@code "?"} for an unknown number. */
  public static String name(long nr) {
    CallEntry entry = entry(nr);
    return entry == null ? "?" : entry.name();
  }

  /** The number of a call by name; −1 if the host has no such call. Reads the whole table. */
  public static int number(String name) {
    for (CallEntry entry : all()) {
      if (entry.name().equals(name)) {
        return entry.number();
      }
    }
    return -1;
  }

  /** All calls of the host, by rising number. Reads the whole table. */
  public static List<CallEntry> all() {
    List<CallEntry> all = new ArrayList<>(NUMBERS);
    for (int n = 0; n < NUMBERS; n++) {
      CallEntry entry = entry(n);
      if (entry != null) {
        all.add(entry);
      }
    }
    return all;
  }
}
