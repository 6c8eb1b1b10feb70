package io.syslet.client.wire;

import static io.syslet.client.wire.CallShape.register;

import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.Params;
import io.syslet.Registers;
import io.syslet.Syslet;
import io.syslet.ring.Memory;
import io.syslet.table.ArgumentKind;
import java.lang.foreign.Arena;

/**
 * The client's half of marshalling: writes calls into a {@link FrameType#SUBMIT} frame. {@link
 * AnswerDecoder} takes what comes back. One thread at a time.
 */
public final class CallEncoder {
  /** {@link #encode}: the frame has no room for the call; the next one has. */
  public static final int FULL = 0;

  /** {@link #encode}: it is in the frame. */
  public static final int ENCODED = 1;

  /** Bytes of a call before its parts. */
  static final int CALL_LENGTH = 72;

  /** Bytes of an ANSWER frame before what became of the calls. */
  private static final int ANSWER_LENGTH = Wire.HEADER_LENGTH + 16;

  /** The u32 behind the length of a call: a u64 follows the registers, its deadline. */
  static final int TIMED = 1;

  private static final int FROM_CALL = 16;

  private static final int TARGET = CallSlots.PARAMS + Params.TARGET;

  private final ProgramMemory memory;
  private final Vectors vectors;
  private final long scratch;
  private long answer;

  /**
   * Will read the memory of a program.
   *
   * @param arena owns a little memory of the encoder's own.
   */
  public CallEncoder(ProgramMemory memory, Arena arena) {
    this.memory = memory;
    this.vectors = new Vectors(memory, arena);
    this.scratch = arena.allocate(Long.BYTES, Long.BYTES).address();
  }

  /** Begins a frame without calls, whose number of calls {@link #end} fills in. */
  public void begin(FrameWriter out, long batch, long answered) {
    out.begin(FrameType.SUBMIT).putLong(batch).putLong(answered).putInt(0).putInt(0);
    answer = ANSWER_LENGTH;
  }

  /** Ends the frame. */
  public static void end(FrameWriter out, int calls) {
    Memory.putInt(out.frame() + 24, calls);
    out.end();
  }

  /** Sets what was not known when the frame began. */
  public static void stamp(long frame, long batch, long answered) {
    Memory.putLong(frame + 8, batch);
    Memory.putLong(frame + 16, answered);
  }

  /**
   * Appends the call of a slot.
   *
   * @param id comes back in the completion.
   * @param isFirst whether the frame holds no other call.
   * @return {@link #ENCODED}; {@link #FULL}; or −errno, the call's result: −EFAULT, −ENAMETOOLONG,
   *     −EOPNOTSUPP for memory that cannot travel, −ENOSYS for a number that the table does not
   *     know, −EMSGSIZE for too much of it, −EINVAL for more than 1024 vectors.
   */
  public int encode(FrameWriter out, long slot, long id, boolean isFirst) {
    CallShape shape = CallShape.of(Memory.getLong(slot));
    if (shape == null) {
      return -Errno.ENOSYS;
    }
    if (out.room() < CALL_LENGTH + Long.BYTES) {
      return FULL;
    }
    long at = out.position();
    long before = answer;
    int encoded = encode(out, shape, slot, id);
    if (encoded != ENCODED) {
      out.back(at);
      answer = before;
    }
    return encoded == FULL && isFirst ? -Errno.EMSGSIZE : encoded;
  }

  private int encode(FrameWriter out, CallShape shape, long slot, long id) {
    long call = out.skip(CALL_LENGTH);
    long registers = call + FROM_CALL;
    boolean timed = (Memory.getInt(slot + TARGET) & Syslet.TIMED) != 0;
    Memory.putInt(call + 4, timed ? TIMED : 0);
    Memory.putLong(call + 8, id);
    Memory.copy(slot, registers, Registers.LENGTH);
    if (timed) {
      Memory.putLong(out.skip(Long.BYTES), Memory.getLong(slot + CallSlots.DEADLINE));
    }
    answer += Long.BYTES;
    for (int i = 0; i < shape.arguments(); i++) {
      int encoded = shape.isMemory(i, registers) ? part(out, shape, slot, registers, i) : ENCODED;
      if (encoded != ENCODED) {
        return encoded;
      }
    }
    hideAddresses(shape, registers);
    Memory.putInt(call, (int) (out.position() - call));
    return ENCODED;
  }

  /** The server has no use for addresses, only for whether there is one. */
  private static void hideAddresses(CallShape shape, long registers) {
    for (int i = 0; i < shape.arguments(); i++) {
      if (shape.isMemory(i, registers)) {
        register(registers, i, 1);
      }
    }
  }

  private int part(FrameWriter out, CallShape shape, long slot, long registers, int i) {
    if (shape.isStranger(i, registers)) {
      return -Errno.EOPNOTSUPP;
    }
    ArgumentKind kind = shape.kind(i);
    if (kind == ArgumentKind.PATH || kind == ArgumentKind.STRING) {
      return string(out, register(slot, i));
    }
    boolean isVector = kind == ArgumentKind.IOVEC_IN || kind == ArgumentKind.IOVEC_OUT;
    long length = isVector ? vectorLength(shape, registers, i) : length(shape, registers, i);
    if (length < 0) {
      return (int) length;
    }
    return expect(kind, length) ? send(out, kind, register(slot, i), length) : FULL;
  }

  /** Whether what comes back fits into the answer. */
  private boolean expect(ArgumentKind kind, long length) {
    if (CallShape.comes(kind)) {
      answer += Wire.pad(Integer.BYTES + length);
    }
    return answer <= Wire.MAX_FRAME;
  }

  private int string(FrameWriter out, long from) {
    if (out.room() < Wire.pad(Integer.BYTES + Wire.MAX_PATH + 1L)) {
      return FULL;
    }
    long part = out.position();
    int length = memory.readString(from, part + Integer.BYTES, Wire.MAX_PATH + 1);
    return length < 0 ? length : finish(out, part, length, length);
  }

  private static int finish(FrameWriter out, long part, long length, long carried) {
    long to = out.skip(Wire.pad(Integer.BYTES + carried));
    long end = part + Integer.BYTES + carried;
    Memory.clear(end, out.position() - end);
    Memory.putInt(to, (int) length);
    return ENCODED;
  }

  /** Bytes of a buffer, or −errno; more than fit are made fewer in the registers. */
  private long length(CallShape shape, long registers, int i) {
    long length =
        shape.isCountedBehindPointer(i)
            ? countBehind(register(registers, shape.countArgument(i)))
            : shape.length(i, registers);
    if (length <= Wire.MAX_DATA) {
      return length;
    }
    if (!shape.mayShorten(i)) {
      return -Errno.EMSGSIZE;
    }
    register(registers, shape.countArgument(i), Wire.MAX_DATA);
    return Wire.MAX_DATA;
  }

  private long countBehind(long address) {
    if (address == 0) {
      return 0;
    }
    int error = memory.read(address, scratch, Integer.BYTES);
    return error < 0 ? error : Integer.toUnsignedLong(Memory.getInt(scratch));
  }

  /** Bytes of all elements of an array, cut to what travels; or −errno. */
  private long vectorLength(CallShape shape, long registers, int i) {
    long count = register(registers, shape.countArgument(i));
    if (count < 0 || count > CallShape.MAX_IOVEC) {
      return -Errno.EINVAL;
    }
    return vectors.load(register(registers, i), (int) count);
  }

  private int send(FrameWriter out, ArgumentKind kind, long from, long length) {
    long carried = CallShape.goes(kind) ? length : 0;
    if (out.room() < Wire.pad(Integer.BYTES + carried)) {
      return FULL;
    }
    long part = out.position();
    if (kind == ArgumentKind.OUT) {
      return ENCODED;
    }
    int error =
        switch (kind) {
          case IOVEC_IN -> vectors.gather(part + Integer.BYTES, length);
          case IOVEC_OUT -> 0;
          default -> memory.read(from, part + Integer.BYTES, length);
        };
    return error < 0 ? error : finish(out, part, length, carried);
  }
}
