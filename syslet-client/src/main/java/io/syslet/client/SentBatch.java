package io.syslet.client;

import io.syslet.CallSlots;
import io.syslet.Params;
import io.syslet.Registers;
import io.syslet.kernel.Submission;
import io.syslet.ring.Memory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * What must be known of a batch until it is answered, and of the call of it that went pending until
 * that has ended.
 *
 * <pre>
 *   IDLE    --submit-------------------------> SENT
 *   SENT    --answer: call k is pending------> PENDING   by the task; the record is not its any more
 *   SENT    --completion of call k-----------> EARLY     by the pump; the answer will come
 *   SENT    --answer: all inline-------------> IDLE      by the task
 *   EARLY   --answer: call k is pending------> IDLE      by the task, which posts the completion
 *   PENDING --completion---------------------> IDLE      by the pump, which posts it
 * </pre>
 *
 * SENT and PENDING are left by compare-and-set, so that one alone posts. All other fields belong to
 * whoever made the last step.
 */
final class SentBatch {
  static final int IDLE = 0;
  static final int SENT = 1;
  static final int EARLY = 2;
  static final int PENDING = 3;

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(SentBatch.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  final int index;

  /** A copy of the pending call's registers, for a link that brings its memory. */
  final long registers;

  /** The generation of which {@link #registers} are. The pump's alone. */
  private int registersOf;

  /** Rises with each batch, so that an old completion is not taken for a new one. */
  int generation;

  /** Of the call that has ended early. */
  int earlySlot;

  long earlyStatus;

  /** Of the pending call. */
  long callerData;

  /** Where the pending call completes to, unless {@link #word} says otherwise. */
  Submission submission = new Submission();

  /** The pending call as others see it. */
  @Nullable RemotePending pending;

  /** Address of a completion word instead, or 0. */
  long word;

  /** Who waits for the answer; null for nobody, since a record outlives threads. */
  @Nullable RemoteTask task;

  /** Where the next process finds it, or 0. */
  private final long note;

  /** One of two has come: its completion was posted; the next process need not hear of it. */
  boolean isHalfOver;

  private volatile int state = IDLE;

  SentBatch(int index, long registers, @Nullable SessionFile file) {
    this.index = index;
    this.registers = registers;
    this.note = file == null ? 0 : file.note(index);
    this.generation = file == null ? 0 : file.generation(index) + 1;
    this.registersOf = generation - 1;
  }

  // ---- the note

  boolean isNoted() {
    return note != 0;
  }

  /**
   * For the next process: by which caller data its program knows the calls of the batch that is
   * about to be sent.
   *
   * @param slots the program's.
   * @param of what a call in the background belongs to, or null.
   * @param awaited whether nobody but the thread wants to know.
   */
  void noteDown(long slots, int count, @Nullable RemotePending of, boolean awaited) {
    for (int i = 0; i < count; i++) {
      long params = slots + (long) i * CallSlots.LENGTH + CallSlots.PARAMS;
      long data = of == null ? Memory.getLong(params + Params.CALLER_DATA) : of.callerData();
      Memory.putLong(note + SessionFile.CALLER_DATA + (long) i * Long.BYTES, data);
    }
    Memory.putInt(note, generation);
    int as = awaited ? SessionFile.AWAITED : SessionFile.SENT;
    Memory.putIntRelease(note + SessionFile.STATE, as);
  }

  /** Nothing of the batch is to come. */
  void noteOver() {
    if (note != 0) {
      Memory.putIntRelease(note + SessionFile.STATE, SessionFile.OVER);
    }
  }

  int state() {
    return state;
  }

  void state(int next) {
    state = next;
  }

  /** All calls have been answered inline. */
  void answeredInline() {
    task = null;
    state(IDLE);
    generation++;
    noteOver();
  }

  boolean leave(int from, int next) {
    return STATE.compareAndSet(this, from, next);
  }

  // ---- by the pump

  /** Copies the registers of the call that is pending: its task, which is told next, goes on. */
  void keepRegisters(long slot) {
    Memory.copy(slot, registers, Registers.LENGTH);
    registersOf = generation;
  }

  /** Whether the registers are those of the call that is under way. */
  boolean hasRegisters() {
    return registersOf == generation;
  }

  /** The caller data that goes to the server for call {@code slot} of the batch. */
  long id(int slot) {
    return (long) generation << 32 | (long) index << 8 | slot;
  }
}
