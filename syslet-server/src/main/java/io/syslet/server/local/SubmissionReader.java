package io.syslet.server.local;

import io.syslet.client.local.ArenaFile;
import io.syslet.client.local.ArenaLayout;
import io.syslet.ring.Memory;
import org.jspecify.annotations.Nullable;

/**
 * The server's end of the submission queue, in memory that the client can write at any time.
 *
 * <p>Agrona's own reader believes the lengths that it finds. This one has a head of its own, reads
 * a record's words once each, and takes nothing but what it knows to be a record: anything else
 * means that the queue is of no further use. The tail is not read at all. A record that is claimed
 * and never finished, because its thread was stopped or its process killed, holds up what is behind
 * it in this queue and nothing else; the session ends with the connection.
 *
 * <p>The session's poller alone.
 */
final class SubmissionReader {
  private final long records;
  private final int mask;
  private final long sharedHead;
  private long head;
  private long base;
  private long slots;
  private long reply;
  private int count;
  private int flags;
  private @Nullable String corrupt;

  SubmissionReader(ArenaFile arena) {
    this.records = arena.address + ArenaLayout.QUEUE_OFFSET;
    this.mask = arena.queueCapacity - 1;
    this.sharedHead = arena.address + ArenaLayout.headOffset(arena.queueCapacity);
  }

  /** Takes the next record, if one is finished. Returns whether there is one. */
  boolean next() {
    long record = records + (head & mask);
    int length = Memory.getIntAcquire(record + ArenaLayout.LENGTH);
    if (length <= 0 || corrupt != null) {
      return false;
    }
    int type = Memory.getInt(record + ArenaLayout.TYPE);
    if (length != ArenaLayout.RECORD_LENGTH || type != ArenaLayout.BATCH_TYPE) {
      corrupt = "record of " + length + " bytes and type " + type + " in the submission queue";
      return false;
    }
    copy(record);
    Memory.putInt(record + ArenaLayout.LENGTH, 0);
    head += ArenaLayout.RECORD_LENGTH;
    Memory.putLongRelease(sharedHead, head);
    return true;
  }

  private void copy(long record) {
    base = Memory.getLong(record + ArenaLayout.BASE);
    slots = Memory.getLong(record + ArenaLayout.SLOTS);
    reply = Memory.getLong(record + ArenaLayout.REPLY);
    count = Memory.getInt(record + ArenaLayout.COUNT);
    flags = Memory.getInt(record + ArenaLayout.FLAGS);
  }

  /** Whether {@link #next} would find nothing. */
  boolean isEmpty() {
    return corrupt != null || Memory.getIntAcquire(records + (head & mask)) <= 0;
  }

  /** What is wrong with the queue, or null. */
  @Nullable String corrupt() {
    return corrupt;
  }

  /** Gives up, for a reason found in a record. */
  void giveUp(String reason) {
    corrupt = reason;
  }

  /** How many records were taken so far. */
  long taken() {
    return head / ArenaLayout.RECORD_LENGTH;
  }

  long base() {
    return base;
  }

  long slots() {
    return slots;
  }

  long reply() {
    return reply;
  }

  int count() {
    return count;
  }

  int flags() {
    return flags;
  }
}
