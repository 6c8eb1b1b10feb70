package io.syslet.client.wire;

import io.syslet.Errno;
import io.syslet.ring.Memory;
import io.syslet.table.ArgumentKind;
import java.lang.foreign.Arena;

/**
 * The client's other half of marshalling: puts what a call wrote at the server into the memory of
 * the program. One thread at a time.
 */
public final class AnswerDecoder {
  private final ProgramMemory memory;
  private final Vectors vectors;
  private final long scratch;

  /**
   * Will write the memory of a program.
   *
   * @param arena owns a little memory of the decoder's own.
   */
  public AnswerDecoder(ProgramMemory memory, Arena arena) {
    this.memory = memory;
    this.vectors = new Vectors(memory, arena);
    this.scratch = arena.allocate(Long.BYTES, Long.BYTES).address();
  }

  /** Whether a call has something that comes back. */
  public static boolean comesBack(long registers) {
    CallShape shape = CallShape.of(Memory.getLong(registers));
    for (int i = 0; shape != null && i < shape.arguments(); i++) {
      if (comes(shape, i, registers)) {
        return true;
      }
    }
    return false;
  }

  private static boolean comes(CallShape shape, int i, long registers) {
    return CallShape.comes(shape.kind(i)) && shape.isMemory(i, registers);
  }

  /**
   * Takes the parts of one call out of the frame.
   *
   * @param registers of the call, as the program made it.
   * @param status of the call, 0 or more.
   * @return the status; −EFAULT if the program's memory cannot be written.
   * @throws MalformedFrameException for more than the call may write.
   */
  public long take(FrameReader in, long registers, long status) throws MalformedFrameException {
    CallShape shape = CallShape.of(Memory.getLong(registers));
    long result = status;
    for (int i = 0; shape != null && i < shape.arguments(); i++) {
      if (comes(shape, i, registers) && take(in, shape, i, registers) < 0) {
        result = -Errno.EFAULT;
      }
    }
    return result;
  }

  private int take(FrameReader in, CallShape shape, int i, long registers)
      throws MalformedFrameException {
    long length = Integer.toUnsignedLong(in.readInt());
    long from = in.skip(Wire.pad(Integer.BYTES + length) - Integer.BYTES);
    long to = CallShape.register(registers, i);
    if (shape.kind(i) == ArgumentKind.IOVEC_OUT) {
      return scatter(shape, i, registers, from, length);
    }
    if (length > room(shape, i, registers)) {
      throw new MalformedFrameException("an answer longer than its buffer");
    }
    return length == 0 ? 0 : memory.write(from, to, length);
  }

  private long room(CallShape shape, int i, long registers) {
    if (!shape.isCountedBehindPointer(i)) {
      return shape.length(i, registers);
    }
    long count = CallShape.register(registers, shape.countArgument(i));
    int error = count == 0 ? -1 : memory.read(count, scratch, Integer.BYTES);
    return error < 0 ? 0 : Integer.toUnsignedLong(Memory.getInt(scratch));
  }

  private int scatter(CallShape shape, int i, long registers, long from, long length)
      throws MalformedFrameException {
    long count = CallShape.register(registers, shape.countArgument(i));
    long room = vectors.load(CallShape.register(registers, i), (int) count);
    if (room >= 0 && length > room) {
      throw new MalformedFrameException("an answer longer than its vectors");
    }
    return room < 0 ? (int) room : vectors.scatter(from, length);
  }
}
