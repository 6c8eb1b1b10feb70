package io.syslet.ring;

import java.lang.invoke.VarHandle;

/**
 * Moving {@code kernel_head} over every contiguous published position, with helping.
 *
 * <p>Whoever has published looks at the head; if the position there is published, it moves it, his
 * own or not. One CAS moves over as many positions as are published. A helper never writes a
 * completion.
 *
 * <pre>
 *   A publishes p                  B publishes p + 1                head
 *   claims p                                                        p
 *                                  claims p + 1, marks it published
 *                                  CAS head p + 1 -&gt; p + 2: fails
 *                                  fence; head is p, mark[p] is only claimed: leaves
 *   marks p published
 *   CAS head p -&gt; p + 1                                             p + 1
 *   mark[p + 1] is published:
 *   CAS head p + 1 -&gt; p + 2                                         p + 2
 *
 *   A marks p published            B marks p + 1 published
 *   CAS head p -&gt; p + 1                                             p + 1
 *   reads mark[p + 1]: claimed     (the store is still on its way)
 *                                  fence: the store is out
 *                                  reads head: p + 1, moves it      p + 2
 * </pre>
 *
 * <i>No advance is lost.</i> A: CAS head, then read mark[p + 1]. B: store mark[p + 1], full fence,
 * then read head. Either A sees the mark or B sees the head. Nobody waits for anybody: a publisher
 * that is stopped holds up the head at its own claimed position only, and if it is stopped after
 * its mark, the next one to publish goes past it.
 *
 * <p><i>A head that the user wrote.</i> It is used to find a mark under a mask, and moved only if
 * that mark says that exactly this position is published. A value that no mark explains is replaced
 * by the one that the marks give.
 *
 * <p>Known issue: a helper that is stopped between its look at a mark and its CAS while exactly
 * k·2³² completions pass moves the head wrongly.
 */
final class HeadMover {
  private final RingMemory memory;

  HeadMover(RingMemory memory) {
    this.memory = memory;
  }

  /** The position has just been marked as published. */
  void published(int position) {
    if (memory.casHead(position, position + 1)) {
      move(position + 1);
    } else {
      VarHandle.fullFence();
      move(memory.headVolatile());
    }
    ProtocolStep.at(ProtocolStep.HEAD_MOVED);
  }

  /** Moves the head as far as it goes; the bound is met only if the user writes the head too. */
  void move(int from) {
    int head = from;
    for (int tries = memory.elements + 2; tries > 0; tries--) {
      int end = endOfPublished(head);
      ProtocolStep.at(ProtocolStep.HEAD_SEEN);
      if (end == head) {
        if (isExplained(head)) {
          return;
        }
        head = recheck(head);
      } else {
        head = memory.casHead(head, end) ? end : memory.headVolatile();
      }
    }
  }

  private int endOfPublished(int head) {
    int end = head;
    while (end - head < memory.elements && memory.isPublished(end)) {
      end++;
    }
    return end;
  }

  /** Not claimed yet, or claimed and not yet published, and the one below is published. */
  private boolean isExplained(int head) {
    int at = MarkDescriptor.position(memory.markVolatile(head));
    return (at == head - memory.elements || at == head) && isPast(head - 1);
  }

  /** Either our value is old, or the user wrote it. */
  private int recheck(int head) {
    int now = memory.headVolatile();
    if (now == head) {
      memory.casHead(head, headOfMarks());
    }
    return memory.headVolatile();
  }

  private int headOfMarks() {
    int position = memory.claimCursor() - memory.elements;
    int limit = 2 * memory.elements;
    while (limit-- > 0 && isPast(position)) {
      position++;
    }
    return position;
  }

  private boolean isPast(int position) {
    long mark = memory.markVolatile(position);
    return MarkDescriptor.isPublishedAt(mark, position)
        || MarkDescriptor.position(mark) == position + memory.elements;
  }
}
