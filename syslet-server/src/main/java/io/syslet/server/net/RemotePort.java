package io.syslet.server.net;

import io.netty.buffer.ByteBuf;
import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.Params;
import io.syslet.Registers;
import io.syslet.Syslet;
import io.syslet.client.wire.CallDecoder;
import io.syslet.client.wire.FrameReader;
import io.syslet.client.wire.MalformedFrameException;
import io.syslet.client.wire.Wire;
import io.syslet.ring.Memory;
import io.syslet.server.net.CallBlocks.Block;
import io.syslet.server.session.CallBatch;
import io.syslet.server.session.Port;
import io.syslet.server.session.PortCall;
import java.io.IOException;
import java.lang.foreign.Arena;
import org.jspecify.annotations.Nullable;

/**
 * The port of a client that shares no memory: its batches come as frames, and so go the answers.
 *
 * <p>What calls read and write lies in a region of the session's own, a block for each call from
 * when it is read off its frame until its client has its results:
 *
 * <pre>
 *   frame --decode--> block: registers, in-buffers, out-buffers
 *                       |  answered inline: into the ANSWER, free
 *                       '- pending: kept --ended--> into a COMPLETION --acknowledged--> free
 * </pre>
 *
 * The region bounds what a client can make us hold. If it is full, a batch is answered short, or
 * with −EAGAIN. The poller's, but for {@link #inbox} and {@link #outlet}.
 */
final class RemotePort implements Port {
  private final int elements;
  private final CallBlocks blocks;
  private final Arena own = Arena.ofShared();
  private final CallBatch batch = new CallBatch(own);
  private final CallDecoder decoder = new CallDecoder();
  private final FrameReader reader = new FrameReader();
  private final Runnable onClose;
  private final Inbox inbox;
  private final RemoteReplies replies;
  private volatile @Nullable Outlet nextOutlet;
  private @Nullable Outlet outlet;
  private long number;
  private int taken;
  private boolean failed;

  private RemotePort(CallBlocks blocks, int elements, long position, Runnable onClose) {
    this.onClose = onClose;
    this.elements = elements;
    this.blocks = blocks;
    this.inbox = new Inbox();
    this.replies = new RemoteReplies(position, blocks::free);
  }

  /**
   * Makes a port.
   *
   * @param bytes of the region, a power of two.
   * @param elements completions that may be posted and not acknowledged.
   * @param position of the first completion.
   * @param onClose run once, when the memory is given back, or could not be had.
   * @throws IOException if there is no memory.
   */
  static RemotePort create(int bytes, int elements, long position, Runnable onClose)
      throws IOException {
    try {
      return new RemotePort(new CallBlocks(bytes), elements, position, onClose);
    } catch (IOException | RuntimeException e) {
      onClose.run();
      throw e;
    }
  }

  /** What the event loop fills. */
  Inbox inbox() {
    return inbox;
  }

  /** There is a connection: from the next round on, what it has missed goes there. Any thread. */
  void connect(Outlet to) {
    nextOutlet = to;
  }

  // ---- batches

  @Override
  public @Nullable CallBatch poll() {
    connectNow();
    replies.acknowledged(inbox.consumed(), inbox.answered());
    Outlet to = outlet;
    if (to == null || !mayPoll()) {
      return null;
    }
    inbox.awake();
    for (ByteBuf frame = inbox.poll(to); frame != null; frame = inbox.poll(to)) {
      int count = take(frame, to);
      if (count > 0) {
        return batch.begin(count, 0);
      }
      if (failed) {
        return null;
      }
    }
    return null;
  }

  /** Whether an answer could be sent. */
  private boolean mayPoll() {
    return outlet != null && !failed && outlet.isWritable() && !replies.isFull();
  }

  private void connectNow() {
    Outlet next = nextOutlet;
    if (next != null && next != outlet) {
      outlet = next;
      replies.sendAgain(next, inbox.answeredAtHello(), inbox.consumedAtHello());
    }
  }

  /** Reads a batch off its frame: how many calls; 0 if it was answered here. */
  private int take(ByteBuf frame, Outlet to) {
    try {
      int count = take(reader.wrap(frame.memoryAddress() + frame.readerIndex()));
      if (count == 0) {
        replies.answer(to, number, -Errno.EAGAIN, batch, blocks.current());
        to.flush();
      }
      return count;
    } catch (MalformedFrameException e) {
      failed = true;
      release();
      to.malformed(String.valueOf(e.getMessage()));
      return 0;
    } finally {
      frame.release();
    }
  }

  private int take(FrameReader in) throws MalformedFrameException {
    number = in.readLong();
    in.readLong();
    int count = in.readInt();
    in.readZero(Integer.BYTES);
    if (count < 1 || count > CallBatch.CAPACITY) {
      throw new MalformedFrameException("a batch of " + count + " calls");
    }
    taken = 0;
    long answer = RemoteReplies.ANSWER_LENGTH;
    for (int i = 0; i < count; i++) {
      decoder.read(in);
      answer += decoder.answer();
      if (answer > Wire.MAX_FRAME) {
        throw new MalformedFrameException("a batch whose answer has no room in a frame");
      }
      if (taken == i && place(i)) {
        taken++;
      }
    }
    in.end();
    return taken;
  }

  private void release() {
    for (int i = 0; i < taken; i++) {
      blocks.free(blocks.of(i));
    }
  }

  private boolean place(int i) {
    if (!blocks.place(i, decoder)) {
      return false;
    }
    long slot = batch.slot(i);
    Memory.copy(blocks.of(i).registers(), slot, Registers.LENGTH);
    Params.put(slot + CallSlots.PARAMS, 1, decoder.id());
    CallSlots.setDeadline(slot, decoder.deadline());
    return true;
  }

  @Override
  public long translate(CallBatch of, int slot, long address, long length) {
    return blocks.of(slot).holds(address, length) ? address : 0;
  }

  @Override
  public int copyString(CallBatch of, int slot, long address, long to, int limit) {
    return blocks.copyString(slot, address, to, limit);
  }

  // ---- answers and completions

  @Override
  public void answer(CallBatch of, int accepted) {
    PortCall pending = of.pending();
    replies.answer(outlet, number, accepted, of, blocks.current());
    for (int i = 0; i < of.count(); i++) {
      boolean goesOn = i == accepted - 1 && of.status(i) == -Syslet.ESYSLETPENDING;
      if (goesOn && pending != null) {
        pending.attach(blocks.of(i));
      } else {
        blocks.free(blocks.of(i));
      }
    }
    if (outlet != null) {
      outlet.flush();
    }
  }

  @Override
  public void complete(long callerData, long status, @Nullable PortCall call) {
    Object block = call == null ? null : call.attachment();
    replies.complete(callerData, status, block instanceof Block mine ? mine : null);
  }

  @Override
  public void flush() {
    connectNow();
    Outlet to = outlet;
    if (to != null && replies.send(to)) {
      to.flush();
    }
  }

  // ---- for the session

  @Override
  public boolean idle() {
    inbox.asleep();
    boolean hasNews = nextOutlet != outlet || inbox.hasAcknowledged(replies);
    return !hasNews && (inbox.isEmpty() || !mayPoll());
  }

  @Override
  public long consumed() {
    replies.acknowledged(inbox.consumed(), inbox.answered());
    return replies.consumed();
  }

  @Override
  public int capacity() {
    return elements;
  }

  /** Whether a client that has consumed so many completions can go on with this port. */
  boolean holds(long consumed) {
    return consumed >= inbox.consumed();
  }

  @Override
  public void close() {
    inbox.close();
    replies.close();
    blocks.close();
    own.close();
    onClose.run();
  }
}
