package io.syslet.server.session;

import io.syslet.Errno;
import io.syslet.Registers;
import io.syslet.ring.Memory;
import io.syslet.table.CallEntry;
import io.syslet.table.CallTable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a client asked: a slot of a batch, its registers, and the client memory that they name. The
 * registers are private already; the memory is not, so what is decided upon is copied first.
 */
abstract class ClientCall implements PendingCall {
  private @Nullable Session session;
  private @Nullable Batch batch;
  private @Nullable Object attachment;
  private int slot;
  private long registers;
  private long callerData;

  final void begin(Session owner, Batch from, int at) {
    session = owner;
    batch = from;
    slot = at;
    registers = from.slot(at);
    callerData = from.callerData(at);
  }

  /** The call goes on after its batch, whose the registers were. */
  final void keepRegisters(long to) {
    Memory.copy(registers, to, Registers.LENGTH);
    registers = to;
    batch = null;
    attachment = null;
  }

  /** The call is over. */
  final void forget() {
    batch = null;
    attachment = null;
  }

  Session session() {
    return Objects.requireNonNull(session);
  }

  /** Which slot of its batch it is. */
  int slot() {
    return slot;
  }

  @Override
  public long nr() {
    return Memory.getInt(registers);
  }

  @Override
  public long callerData() {
    return callerData;
  }

  @Override
  public @Nullable Object attachment() {
    return attachment;
  }

  @Override
  public void attach(@Nullable Object object) {
    attachment = object;
  }

  long argument(int i) {
    return Memory.getLong(registers + Registers.argument(i));
  }

  int intArgument(int i) {
    return (int) argument(i);
  }

  /** Whether the call changes something, so that a journal must know of it before it starts. */
  boolean hasEffects() {
    return CallTable.hasEffects(
        nr(), argument(0), argument(1), argument(2), argument(3), argument(4), argument(5));
  }

  // ---- client memory; only while the rule starts

  /** The server's address of what pointer argument {@code i} names: 0 for null; −EFAULT. */
  long memory(int i) {
    CallEntry entry = Objects.requireNonNull(CallTable.entry(nr()));
    return memory(argument(i), entry.length(i, registers));
  }

  /** The server's address of client memory: 0 for null; −EFAULT. */
  long memory(long address, long length) {
    if (address == 0) {
      return 0;
    }
    long here = session().port().translate(Objects.requireNonNull(batch), slot, address, length);
    return here == 0 ? -Errno.EFAULT : here;
  }

  /** Copies client memory to private memory: 0; −EFAULT, also for null. */
  int copyIn(long address, long length, long to) {
    long here = memory(address, length);
    if (here <= 0) {
      return -Errno.EFAULT;
    }
    Memory.copy(here, to, length);
    return 0;
  }

  /** Copies a path to private memory: its length; −EFAULT, −ENAMETOOLONG. */
  int copyPath(long address, long to) {
    return address == 0
        ? -Errno.EFAULT
        : session()
            .port()
            .copyString(Objects.requireNonNull(batch), slot, address, to, Scratch.PATH_MAX);
  }
}
