package io.syslet.client;

import io.syslet.CallSlots;
import io.syslet.client.wire.CallEncoder;
import io.syslet.client.wire.FrameWriter;
import io.syslet.client.wire.Wire;
import java.lang.foreign.Arena;

/**
 * The frame of a task's batch, kept until it is answered: it may have to be sent again. The task's
 * thread writes it, {@link Outstanding} sends it.
 */
final class TaskFrame {
  private static final int SMALL = 1 << 16;

  private final Arena arena;
  private final FrameWriter out = new FrameWriter();
  private final CallEncoder encoder;
  private long memory;
  private int capacity = SMALL;
  private int error;

  /** Number of the batch. */
  long batch;

  /** Calls in it. */
  int count;

  /** What it takes of the {@link SendWindow} until it is answered. */
  int taken;

  TaskFrame(Arena arena) {
    this.arena = arena;
    this.encoder = new CallEncoder(new SelfMemory(arena), arena);
    this.memory = arena.allocate(capacity, Long.BYTES).address();
  }

  /**
   * Writes as many calls as fit, from the task's first slot on.
   *
   * @return how many; 0 if the first one cannot be sent, and {@link #error} says why.
   */
  int encode(RemoteTask task, int most) {
    out.wrap(memory, capacity);
    encoder.begin(out, 0, 0);
    count = 0;
    error = CallEncoder.ENCODED;
    while (count < most && error == CallEncoder.ENCODED) {
      error = add(task, count);
      if (error == CallEncoder.ENCODED) {
        count++;
      }
    }
    CallEncoder.end(out, count);
    return count == 0 && grow() ? encode(task, most) : count;
  }

  private int add(RemoteTask task, int i) {
    long slot = task.slots() + (long) i * CallSlots.LENGTH;
    return encoder.encode(out, slot, task.record().id(i), i == 0);
  }

  /** A call that does not fit may fit into the longest frame that there is. */
  private boolean grow() {
    if (error != -io.syslet.Errno.EMSGSIZE || capacity == Wire.MAX_FRAME) {
      return false;
    }
    capacity = Wire.MAX_FRAME;
    memory = arena.allocate(capacity, Long.BYTES).address();
    return true;
  }

  /** Why the first call cannot be sent: its result, −errno. */
  int error() {
    return error;
  }

  long address() {
    return out.frame();
  }

  int length() {
    return (int) out.length();
  }
}
