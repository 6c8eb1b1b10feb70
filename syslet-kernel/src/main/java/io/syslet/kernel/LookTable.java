package io.syslet.kernel;

import io.syslet.Nr;
import io.syslet.Registers;
import io.syslet.ring.Memory;
import io.syslet.table.CallTable;
import java.lang.foreign.Arena;

/**
 * Bytes for whoever runs a batch, shared with native code: one per call number, of the bits below,
 * and behind them one per descriptor, 1 if it is known to be that of a file.
 *
 * <p>What is known of a descriptor is a hint: it may have been closed behind our back. Taken for a
 * file, a call that waits holds a worker; taken for none, its descriptor is looked at. Any thread.
 */
public final class LookTable {
  /** How many descriptors are remembered: those below. */
  static final int FILES = 65536;

  /** The call is not made without a look. */
  private static final byte LOOK = 1;

  /** Nor this one, unless its first argument is known to be the descriptor of a file. */
  private static final byte BY_FILE = 2;

  /** Its value is the descriptor of a file. */
  private static final byte OPENS = 4;

  /** Its first argument is no descriptor afterwards. */
  private static final byte CLOSES = 8;

  /** It may wait without a worker. */
  private static final byte WAITS = 16;

  private static final long OF_FILES = CallTable.NUMBERS;

  private static final LookTable PLAIN = new LookTable(false);
  private static final LookTable WAITING = new LookTable(true);

  private final long address =
      Arena.global().allocate(CallTable.NUMBERS + (long) FILES, 64).address();

  private LookTable(boolean waiting) {
    for (int nr = 0; nr < CallTable.NUMBERS; nr++) {
      Memory.putByte(address + nr, CallTable.isPlain(nr) ? waiting ? waiting(nr) : 0 : LOOK);
    }
  }

  private static byte waiting(int nr) {
    WaitForm form = WaitForm.of(nr);
    if (form != WaitForm.NONE) {
      return (byte) (WAITS | (form.isByFile() ? BY_FILE : LOOK));
    }
    boolean opens = nr == Nr.OPENAT || nr == Nr.OPEN || nr == Nr.OPENAT2 || nr == Nr.CREAT;
    return opens ? OPENS : nr == Nr.CLOSE ? CLOSES : 0;
  }

  /** The table where calls wait at workers: a call is looked at if it is not plain. */
  public static LookTable plain() {
    return PLAIN;
  }

  /** The table where calls that may wait without a thread are looked at, too. */
  public static LookTable waiting() {
    return WAITING;
  }

  /** Its address. */
  public long address() {
    return address;
  }

  /** Whether the call at {@code slot} may have to wait and need no worker for that. */
  public boolean mayWait(long slot) {
    long nr = Memory.getLong(slot);
    if (nr < 0 || nr >= CallTable.NUMBERS) {
      return false;
    }
    byte bits = Memory.getByte(address + nr);
    return (bits & WAITS) != 0
        && ((bits & BY_FILE) == 0 || !isFile(Memory.getLong(slot + Registers.argument(0))));
  }

  private boolean isFile(long fd) {
    return fd >= 0 && fd < FILES && Memory.getByte(address + OF_FILES + fd) != 0;
  }

  /** A descriptor is known to be that of a file, or is not known any more. */
  public void note(long fd, boolean isFile) {
    if (fd >= 0 && fd < FILES) {
      Memory.putByte(address + OF_FILES + fd, (byte) (isFile ? 1 : 0));
    }
  }

  /**
   * A call is about to be made by another way than a batch: forgets a descriptor that it closes.
   */
  public void made(long nr, long a0, long a1) {
    if (nr == Nr.CLOSE) {
      note(a0, false);
    } else if (nr == Nr.DUP2 || nr == Nr.DUP3) {
      note(a1, false);
    }
  }

  /**
   * The call at {@code slot} was taken for one on a file, and waits: its descriptor is asked anew.
   */
  public void waited(long slot) {
    if (WaitForm.of(Memory.getLong(slot)).isByFile()) {
      note(Memory.getLong(slot + Registers.argument(0)), false);
    }
  }
}
