package io.syslet.client;

import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.Syslet;
import io.syslet.client.wire.AnswerDecoder;
import io.syslet.client.wire.FrameReader;
import io.syslet.client.wire.MalformedFrameException;
import io.syslet.client.wire.Welcome;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What comes from the server, and where it goes: answers to the tasks that wait for them,
 * completions to {@link InFlight}, and what a call wrote into the memory of the program. The pump's
 * alone, but for the figures.
 */
final class Replies {
  private static final int PARTS_ARE_LOST = 1;
  private static final long BYTES_UNTOLD = 1 << 17;

  private final Outstanding outstanding;
  private final InFlight inFlight;
  private final AnswerDecoder decoder;
  private final KeptSession kept;
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong count = new AtomicLong();
  private long untoldBytes;
  private int untold;
  private int window = 1;
  private volatile boolean shouldTell;

  /** Batches that an earlier process has sent. */
  private long othersBatches;

  /** Position from which on answers are not lost any more; −1: none are. */
  private long lostUntil = -1;

  Replies(Outstanding outstanding, InFlight inFlight, KeptSession kept, Arena arena) {
    this.kept = kept;
    this.outstanding = outstanding;
    this.inFlight = inFlight;
    this.decoder = new AnswerDecoder(new SelfMemory(arena), arena);
  }

  /** The server keeps as many completions as its ring has until it hears that they have come. */
  void begin(Welcome welcome) {
    window = Math.max(welcome.ringElements() / 8, 1);
    othersBatches = welcome.received();
    answered.set(othersBatches == 0 ? 0 : kept.answered());
  }

  /** Tells the server what has come. */
  void acknowledge() {
    outstanding.acknowledge(kept.settled(), answered.get());
  }

  long answered() {
    return answered.get();
  }

  /** Frames that came. */
  long count() {
    return count.get();
  }

  /** Whether the server should hear what has come. Any thread; once for each time. */
  boolean takeShouldTell() {
    boolean tell = shouldTell;
    shouldTell = false;
    return tell;
  }

  /** The server should hear what has come. Any thread. */
  void tell() {
    shouldTell = true;
  }

  /** Another server: answers are counted anew, and those before a position of completions lost. */
  void restart(long posted) {
    answered.set(0);
    othersBatches = 0;
    lostUntil = kept.arrived() < posted ? posted : -1;
  }

  /** Takes a frame; false for the server's goodbye. */
  boolean take(FrameReader in) throws MalformedFrameException {
    count.incrementAndGet();
    long bytes = in.remaining();
    switch (in.type()) {
      case ANSWER -> answer(in);
      case COMPLETION -> completion(in);
      case PING, PONG -> {
        in.readLong();
      }
      case GOODBYE -> {
        return false;
      }
      default -> throw new MalformedFrameException("a " + in.type() + " frame from the server");
    }
    in.end();
    tellLater(bytes);
    return true;
  }

  private void tellLater(long bytes) {
    untoldBytes += bytes;
    if (untold >= window || untoldBytes >= BYTES_UNTOLD) {
      untold = 0;
      untoldBytes = 0;
      shouldTell = true;
    }
  }

  /** Whether somebody should be woken to say it. */
  boolean shouldTell() {
    return shouldTell;
  }

  // ---- answers

  private void answer(FrameReader in) throws MalformedFrameException {
    long batch = in.readLong();
    if (batch <= othersBatches) {
      in.skip(in.remaining());
      answered(batch);
      return;
    }
    RemoteTask task = outstanding.oldest();
    int accepted = in.readInt();
    in.readZero(Integer.BYTES);
    TaskFrame frame = task == null ? null : (TaskFrame) task.memory().attachment;
    if (task == null || frame == null || frame.batch != batch || accepted > frame.count) {
      throw new MalformedFrameException("an answer to nothing");
    }
    for (int i = 0; i < accepted; i++) {
      status(in, task, i, i == accepted - 1);
    }
    answered(batch);
    outstanding.answered();
    task.answer().bring(accepted);
  }

  private void answered(long batch) {
    answered.set(batch);
    kept.answered(batch);
  }

  private void status(FrameReader in, RemoteTask task, int i, boolean isLast)
      throws MalformedFrameException {
    long slot = task.slots() + (long) i * CallSlots.LENGTH;
    long status = in.readLong();
    if (status >= 0) {
      status = decoder.take(in, slot, status);
    }
    if (status == -Syslet.ESYSLETPENDING) {
      if (!isLast) {
        throw new MalformedFrameException("an answer that goes on behind a pending call");
      }
      task.record().keepRegisters(slot);
    }
    Memory.putLong(slot + CallSlots.STATUS, status);
  }

  // ---- completions

  private void completion(FrameReader in) throws MalformedFrameException {
    long position = in.readLong();
    long id = in.readLong();
    long status = in.readLong();
    boolean isLost = in.readInt() == PARTS_ARE_LOST;
    in.readZero(Integer.BYTES);
    if (position >= kept.settled() && position < kept.arrived()) {
      in.skip(in.remaining()); // over the connection before this one
      return;
    }
    if (position != kept.arrived()) {
      throw new MalformedFrameException("completion " + position + ", not " + kept.arrived());
    }
    SentBatch record = inFlight.find(id);
    long result = status < 0 ? status : parts(in, record, id, status, isLost);
    untold++;
    inFlight.completed(id, result);
    if (kept.arrived() == lostUntil) {
      lostUntil = -1;
      outstanding.giveUp();
    }
  }

  private long parts(
      FrameReader in, @Nullable SentBatch record, long id, long status, boolean isLost)
      throws MalformedFrameException {
    if (record == null) {
      in.skip(in.remaining());
      return status;
    }
    long registers = registers(record, (int) id & 0xff);
    if (isLost) {
      return AnswerDecoder.comesBack(registers) ? -Errno.EOWNERDEAD : status;
    }
    return decoder.take(in, registers, status);
  }

  /** Before its answer, which the task waits for, they are with that. */
  private static long registers(SentBatch record, int slot) {
    RemoteTask task = record.task;
    return record.hasRegisters() || task == null
        ? record.registers
        : task.slots() + (long) slot * CallSlots.LENGTH;
  }
}
