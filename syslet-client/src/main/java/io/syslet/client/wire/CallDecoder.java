package io.syslet.client.wire;

import static io.syslet.client.wire.CallShape.register;

import io.syslet.Registers;
import io.syslet.ring.Memory;
import io.syslet.table.ArgumentKind;
import org.jspecify.annotations.Nullable;

/**
 * The server's half of marshalling: reads one call of a {@link FrameType#SUBMIT} frame, and lays
 * out its memory in a block that the caller provides. One thread at a time.
 *
 * <pre>
 *   block  +-------------+------------- - - --+-------------+----- - -
 *          | u64 length  | bytes, NUL, or     | u64 length  | of the
 *          | u64 0       | iovec and bytes    | u64 0       | next one
 *          +-------------+------------- - - --+-------------+----- - -
 *                        ^ what the register says
 * </pre>
 *
 * The length of an out-buffer is what the client asked for, whatever the call may write elsewhere.
 */
public final class CallDecoder {
  private static final int ARGUMENTS = 6;
  private static final int PREFIX = 16;
  private static final int REGISTERS = 16;

  private final long[] data = new long[ARGUMENTS];
  private final long[] length = new long[ARGUMENTS];
  private @Nullable CallShape shape;
  private long registers;
  private long id;
  private long room;
  private long answer;
  private long deadline;

  /**
   * Reads a call.
   *
   * @throws MalformedFrameException if it is not what the call table says of its number.
   */
  public void read(FrameReader in) throws MalformedFrameException {
    long before = in.remaining();
    long call = in.skip(CallEncoder.CALL_LENGTH);
    long bytes = Integer.toUnsignedLong(Memory.getInt(call));
    id = Memory.getLong(call + 8);
    registers = call + REGISTERS;
    shape = CallShape.of(Memory.getLong(registers));
    int flags = Memory.getInt(call + 4);
    deadline = flags == CallEncoder.TIMED ? Memory.getLong(in.skip(Long.BYTES)) : -1;
    room = 0;
    answer = Long.BYTES;
    if (shape == null) {
      in.skip(bytes - (before - in.remaining()));
    } else {
      readParts(in, shape);
      measure(shape);
    }
    if (before - in.remaining() != bytes || (flags & ~CallEncoder.TIMED) != 0) {
      throw new MalformedFrameException("a call of " + bytes + " bytes that has others");
    }
  }

  private void readParts(FrameReader in, CallShape known) throws MalformedFrameException {
    for (int i = 0; i < known.arguments(); i++) {
      data[i] = 0;
      if (known.isStranger(i, registers)) {
        throw new MalformedFrameException("a call with memory that cannot travel");
      }
      ArgumentKind kind = known.kind(i);
      if (known.isMemory(i, registers) && kind != ArgumentKind.OUT) {
        readPart(in, known, kind, i);
      }
    }
  }

  private void readPart(FrameReader in, CallShape known, ArgumentKind kind, int i)
      throws MalformedFrameException {
    long bytes = Integer.toUnsignedLong(in.readInt());
    long carried = CallShape.goes(kind) ? bytes : 0;
    data[i] = in.skip(Wire.pad(Integer.BYTES + carried) - Integer.BYTES);
    length[i] = bytes;
    boolean isRight =
        switch (kind) {
          case PATH, STRING -> bytes <= Wire.MAX_PATH && !hasNul(data[i], bytes);
          case IN, INOUT -> bytes == known.length(i, registers);
          default -> bytes <= Wire.MAX_DATA;
        };
    if (!isRight) {
      throw new MalformedFrameException("a part of " + bytes + " bytes that should have others");
    }
  }

  private static boolean hasNul(long from, long bytes) {
    for (long at = from; at < from + bytes; at++) {
      if (Memory.getByte(at) == 0) {
        return true;
      }
    }
    return false;
  }

  /** Adds up what the call needs here, and what its answer may need. */
  private void measure(CallShape known) throws MalformedFrameException {
    for (int i = 0; i < known.arguments(); i++) {
      if (known.isMemory(i, registers)) {
        if (known.kind(i) == ArgumentKind.OUT) {
          length[i] = outLength(known, i);
        }
        room += PREFIX + placed(known.kind(i), length[i]);
        if (CallShape.comes(known.kind(i))) {
          answer += Wire.pad(Integer.BYTES + length[i]);
        }
      }
    }
  }

  private long outLength(CallShape known, int i) throws MalformedFrameException {
    long bytes = known.isCountedBehindPointer(i) ? behind(known, i) : known.length(i, registers);
    if (bytes > Wire.MAX_DATA) {
      throw new MalformedFrameException("a call that asks for " + bytes + " bytes");
    }
    return bytes;
  }

  private long behind(CallShape known, int i) {
    int count = known.countArgument(i);
    return data[count] == 0 ? 0 : Integer.toUnsignedLong(Memory.getInt(data[count]));
  }

  /** Bytes in the block, a multiple of 16: the buffer, and a NUL or a struct iovec. */
  private static long placed(ArgumentKind kind, long bytes) {
    long more =
        switch (kind) {
          case PATH, STRING -> 1;
          case IOVEC_IN, IOVEC_OUT -> CallShape.IOVEC;
          default -> 0;
        };
    return (bytes + more + 15) & -16L;
  }

  /** What comes back with the completion. */
  public long id() {
    return id;
  }

  /** Its deadline, as the client has sent it; −1 if there is none. */
  public long deadline() {
    return deadline;
  }

  /** Bytes of memory that the call needs: 0 or more. */
  public long room() {
    return room;
  }

  /** Bytes that the call may add to its answer. */
  public long answer() {
    return answer;
  }

  /**
   * Writes the registers of the call, which name memory in a block.
   *
   * @param to {@link Registers#LENGTH} bytes.
   * @param block {@link #room} bytes, aligned to 16.
   */
  public void place(long to, long block) {
    Memory.copy(registers, to, Registers.LENGTH);
    long at = block;
    for (int i = 0; shape != null && i < shape.arguments(); i++) {
      if (shape.isMemory(i, registers)) {
        Memory.putLong(at, length[i]);
        at += PREFIX;
        register(to, i, at);
        place(shape, i, to, at);
        at += placed(shape.kind(i), length[i]);
      }
    }
  }

  private void place(CallShape known, int i, long to, long at) {
    switch (known.kind(i)) {
      case PATH, STRING -> {
        Memory.copy(data[i], at, length[i]);
        Memory.putByte(at + length[i], (byte) 0);
      }
      case IN, INOUT -> Memory.copy(data[i], at, length[i]);
      case IOVEC_IN -> {
        vector(known, i, to, at);
        Memory.copy(data[i], at + CallShape.IOVEC, length[i]);
      }
      case IOVEC_OUT -> vector(known, i, to, at);
      default -> Memory.clear(at, length[i]);
    }
  }

  /** One element does as well as many. */
  private void vector(CallShape known, int i, long to, long at) {
    Memory.putLong(at, at + CallShape.IOVEC);
    Memory.putLong(at + Long.BYTES, length[i]);
    register(to, known.countArgument(i), 1);
  }

  /**
   * Writes the parts of an answer.
   *
   * @param placed the registers as {@link #place} wrote them.
   * @param status of the call, 0 or more.
   */
  public static void answer(FrameWriter out, long placed, long status) {
    CallShape shape = CallShape.of(Memory.getLong(placed));
    for (int i = 0; shape != null && i < shape.arguments(); i++) {
      if (CallShape.comes(shape.kind(i)) && shape.isMemory(i, placed)) {
        long at = register(placed, i);
        long length = shape.written(i, Memory.getLong(at - PREFIX), status);
        boolean isVector = shape.kind(i) == ArgumentKind.IOVEC_OUT;
        put(out, isVector ? at + CallShape.IOVEC : at, length);
      }
    }
  }

  private static void put(FrameWriter out, long from, long length) {
    long part = out.skip(Wire.pad(Integer.BYTES + length));
    Memory.putInt(part, (int) length);
    Memory.copy(from, part + Integer.BYTES, length);
    long end = part + Integer.BYTES + length;
    Memory.clear(end, out.position() - end);
  }

  /** Bytes that {@link #answer(FrameWriter, long, long)} writes. */
  public static long answerLength(long placed, long status) {
    CallShape shape = CallShape.of(Memory.getLong(placed));
    long sum = 0;
    for (int i = 0; shape != null && i < shape.arguments(); i++) {
      if (CallShape.comes(shape.kind(i)) && shape.isMemory(i, placed)) {
        long length = Memory.getLong(register(placed, i) - PREFIX);
        sum += Wire.pad(Integer.BYTES + shape.written(i, length, status));
      }
    }
    return sum;
  }
}
