package io.syslet.client;

import io.syslet.Registers;
import io.syslet.kernel.Counters;
import io.syslet.kernel.Submission;
import io.syslet.ring.CompletionWord;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The calls that the server works at: by the number that it knows them by, so that each completion
 * is posted once and to where its program wants it. Any thread.
 */
final class InFlight {
  private static final int MOST = 1 << 24;

  /** Ends a call that went on without its task, and that completes to its submission. */
  interface End {
    void of(Submission submission, RemotePending pending, long callerData, long status);
  }

  private final Arena arena = Arena.ofShared();
  private final Counters counters;
  private final End end;
  private final LongAdder strays = new LongAdder();
  private final List<SentBatch> spare = new ArrayList<>();
  private volatile SentBatch[] all = new SentBatch[0];

  InFlight(Counters counters, End end) {
    this.counters = counters;
    this.end = end;
  }

  /** A record for a task's next batches. */
  synchronized SentBatch take() {
    if (!spare.isEmpty()) {
      return spare.removeLast();
    }
    SentBatch[] old = all;
    if (old.length == MOST) {
      throw new IllegalStateException("too many calls in flight");
    }
    SentBatch[] more = java.util.Arrays.copyOf(old, old.length + 1);
    more[old.length] = new SentBatch(old.length, arena.allocate(Registers.LENGTH, 8).address());
    all = more;
    return more[old.length];
  }

  synchronized void giveBack(SentBatch record) {
    spare.add(record);
  }

  /** The record of an id that is still waited for, or null. */
  @Nullable SentBatch find(long id) {
    int index = (int) (id >>> 8) & (MOST - 1);
    SentBatch[] now = all;
    SentBatch found = index < now.length ? now[index] : null;
    return found != null && found.generation == (int) (id >>> 32) ? found : null;
  }

  /** The task has its answer: the call goes on without it, with a submission of its own. */
  Submission goesOn(SentBatch record, Submission of, RemotePending pending, long callerData) {
    Submission blank = record.submission;
    record.submission = of;
    record.pending = pending;
    record.callerData = callerData;
    record.word = 0;
    goesOn(record);
    return blank;
  }

  /** The task has its answer, and waits at a word for the end of the call. */
  void isAwaited(SentBatch record, long word) {
    record.word = word;
    goesOn(record);
  }

  private void goesOn(SentBatch record) {
    counters.began();
    if (!record.leave(SentBatch.SENT, SentBatch.PENDING)) {
      record.state(SentBatch.IDLE);
      post(record, record.earlyStatus);
    }
  }

  /** A completion has come from the server: posts it, once. */
  void completed(long id, long status) {
    SentBatch record = find(id);
    if (record == null || !completed(record, (int) id & 0xff, status)) {
      strays.increment();
    }
  }

  private boolean completed(SentBatch record, int slot, long status) {
    if (record.state() == SentBatch.SENT) {
      record.earlySlot = slot;
      record.earlyStatus = status;
      if (record.leave(SentBatch.SENT, SentBatch.EARLY)) {
        return true;
      }
    }
    return end(record, status);
  }

  private boolean end(SentBatch record, long status) {
    boolean mine = record.leave(SentBatch.PENDING, SentBatch.IDLE);
    if (mine) {
      post(record, status);
    }
    return mine;
  }

  private void post(SentBatch record, long status) {
    Submission submission = record.submission;
    long word = record.word;
    long callerData = record.callerData;
    record.generation++;
    RemotePending pending = record.pending;
    record.pending = null;
    if (word != 0 || pending == null) {
      counters.ended();
      giveBack(record);
      CompletionWord.complete(word, status);
    } else {
      record.submission = new Submission();
      giveBack(record);
      end.of(submission, pending, callerData, status);
    }
  }

  /** The server will not say any more: completes what is pending, once each. */
  void giveUp(long status) {
    for (SentBatch record : all) {
      end(record, status);
    }
  }

  /** Completions that nobody waited for: the server's errors. */
  long strays() {
    return strays.sum();
  }

  /** Frees the memory; no task is left. */
  void free() {
    arena.close();
  }
}
