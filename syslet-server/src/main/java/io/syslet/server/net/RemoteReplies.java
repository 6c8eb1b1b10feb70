package io.syslet.server.net;

import io.netty.buffer.ByteBuf;
import io.syslet.client.wire.CallDecoder;
import io.syslet.client.wire.FrameType;
import io.syslet.client.wire.FrameWriter;
import io.syslet.client.wire.Wire;
import io.syslet.server.net.CallBlocks.Block;
import io.syslet.server.session.CallBatch;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Answers and completions of a session until its client says that it has them: what another
 * connection has to bring again. The poller's.
 */
final class RemoteReplies {
  /** Bytes of an ANSWER before what became of the calls. */
  static final int ANSWER_LENGTH = 24;

  private static final int COMPLETION_LENGTH = 40;
  private static final int PARTS_ARE_LOST = 1;
  private static final int MANY_ANSWERS = 256;
  private static final long LARGE_ANSWERS = 4L << 20;

  /** Bytes of answers that are kept: at most one more than are large. */
  static final long MOST_BYTES = LARGE_ANSWERS + Wire.MAX_FRAME;

  /** An answer as it was sent. */
  private record Answered(long number, ByteBuf frame) {}

  /** A completion; its buffers are in the block, unless a port before this one had them. */
  private record Posted(long callerData, long status, @Nullable Block block) {}

  private final Consumer<Block> free;
  private final FrameWriter out = new FrameWriter();
  private final ArrayDeque<Answered> answers = new ArrayDeque<>();
  private final ArrayDeque<Posted> completions = new ArrayDeque<>();
  private final ArrayDeque<Posted> unsent = new ArrayDeque<>();
  private long answerBytes;
  private long answered;
  private long consumed;
  private long sent;

  RemoteReplies(long position, Consumer<Block> free) {
    this.free = free;
    consumed = position;
    sent = position;
  }

  // ---- what has arrived

  /**
   * The client has got completions and answers up to these; no more than were sent are believed.
   */
  void acknowledged(long newConsumed, long newAnswered) {
    while (consumed < newConsumed && !completions.isEmpty()) {
      release(completions.removeFirst());
      consumed++;
    }
    while (!answers.isEmpty() && answers.getFirst().number <= newAnswered) {
      Answered old = answers.removeFirst();
      answerBytes -= old.frame.readableBytes();
      old.frame.release();
    }
    answered = newAnswered;
  }

  private void release(Posted completion) {
    Block block = completion.block;
    if (block != null) {
      free.accept(block);
    }
  }

  boolean isBehind(long newConsumed, long newAnswered) {
    return newAnswered > answered || (newConsumed > consumed && !completions.isEmpty());
  }

  long consumed() {
    return consumed;
  }

  /** Whether the client should say what it has got before it gets more. */
  boolean isFull() {
    return answers.size() >= MANY_ANSWERS || answerBytes >= LARGE_ANSWERS;
  }

  // ---- answers

  /** Answers a batch: now, and again to a client that comes back without having got it. */
  void answer(@Nullable Outlet to, long number, int accepted, CallBatch batch, Block[] blocks) {
    ByteBuf frame = RemoteFrames.buffer(answerLength(accepted, batch, blocks));
    out.wrap(frame.memoryAddress(), frame.capacity());
    out.begin(FrameType.ANSWER).putLong(number).putInt(accepted).putInt(0);
    for (int i = 0; i < accepted; i++) {
      long status = batch.status(i);
      out.putLong(status);
      if (status >= 0) {
        CallDecoder.answer(out, blocks[i].registers(), status);
      }
    }
    out.end();
    keep(number, frame.writerIndex((int) out.length()));
    if (to != null) {
      to.write(frame.retainedDuplicate());
    }
  }

  private static long answerLength(int accepted, CallBatch batch, Block[] blocks) {
    long length = ANSWER_LENGTH + 8L * Math.max(accepted, 0);
    for (int i = 0; i < accepted; i++) {
      long status = batch.status(i);
      length += status < 0 ? 0 : CallDecoder.answerLength(blocks[i].registers(), status);
    }
    return length;
  }

  private void keep(long number, ByteBuf frame) {
    answers.addLast(new Answered(number, frame));
    answerBytes += frame.readableBytes();
  }

  // ---- completions

  void complete(long callerData, long status, @Nullable Block block) {
    unsent.addLast(new Posted(callerData, status, block));
  }

  /** Sends what was not sent, as long as it does not pile up: whether there was anything. */
  boolean send(Outlet to) {
    boolean any = false;
    while (!unsent.isEmpty() && to.isWritable()) {
      Posted next = unsent.removeFirst();
      completions.addLast(next);
      write(to, sent++, next);
      any = true;
    }
    return any;
  }

  private void write(Outlet to, long position, Posted completion) {
    Block block = completion.block;
    long status = completion.status;
    long registers = block == null || status < 0 ? 0 : block.registers();
    long parts = registers == 0 ? 0 : CallDecoder.answerLength(registers, status);
    ByteBuf frame = RemoteFrames.buffer(COMPLETION_LENGTH + parts);
    out.wrap(frame.memoryAddress(), frame.capacity());
    out.begin(FrameType.COMPLETION).putLong(position).putLong(completion.callerData);
    out.putLong(status).putInt(block == null ? PARTS_ARE_LOST : 0).putInt(0);
    if (registers != 0) {
      CallDecoder.answer(out, registers, status);
    }
    out.end();
    to.write(frame.writerIndex((int) out.length()));
  }

  // ---- another connection

  /** Sends again what the client has not got: answers now, completions with {@link #send}. */
  void sendAgain(Outlet to, long clientAnswered, long clientConsumed) {
    acknowledged(clientConsumed, clientAnswered);
    for (Answered answer : answers) {
      to.write(answer.frame.retainedDuplicate());
    }
    while (!completions.isEmpty()) {
      unsent.addFirst(completions.removeLast());
      sent--;
    }
    to.flush();
  }

  void close() {
    answers.forEach(answer -> answer.frame.release());
    answers.clear();
    completions.clear();
    unsent.clear();
  }
}
