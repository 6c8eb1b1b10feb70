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
 *
 * <pre>
 *   giveUp()                            goesOn(): the task has its answer
 *   givenUp = status                    SENT -&gt; PENDING
 *   PENDING -&gt; IDLE: posts              givenUp? PENDING -&gt; IDLE: posts
 * </pre>
 *
 * So a call whose answer came in time, but was read after everything was given up, ends as well.
 */
final class InFlight {
  private static final int MOST = 1 << 24;

  /** Of a completion that belongs to no call we know. */
  static final int NOBODYS = -1;

  /** Ends a call that went on without its task, and that completes to its submission. */
  interface End {
    void of(Submission submission, RemotePending pending, long callerData, long status);
  }

  private final Arena arena = Arena.ofShared();
  private final Counters counters;
  private final End end;
  private final LongAdder strays = new LongAdder();
  private final List<SentBatch> spare = new ArrayList<>();
  private final KeptSession kept;

  /** With which status calls end now, since the server says no more; 0: it may. */
  private volatile long givenUp;

  private volatile @Nullable SentBatch[] all = new SentBatch[0];

  InFlight(Counters counters, End end, KeptSession kept) {
    this.counters = counters;
    this.end = end;
    this.kept = kept;
    kept.onForgotten(this::forgotten);
  }

  /** A record for a task's next batches. */
  synchronized SentBatch take() {
    if (!spare.isEmpty()) {
      return spare.removeLast();
    }
    SessionFile file = kept.file();
    int index = all.length;
    while (file != null && index < SessionFile.NOTES && file.state(index) != SessionFile.OVER) {
      index++; // of a call that an earlier process made
    }
    if (index >= (file == null ? MOST : SessionFile.NOTES)) {
      throw new IllegalStateException("too many calls in flight");
    }
    SentBatch made =
        new SentBatch(index, arena.allocate(Registers.LENGTH, 8).address(), kept.file());
    @Nullable SentBatch[] more = java.util.Arrays.copyOf(all, index + 1);
    more[index] = made;
    all = more;
    return made;
  }

  synchronized void giveBack(SentBatch record) {
    spare.add(record);
  }

  /** The record of an id that is still waited for, or null. */
  @Nullable SentBatch find(long id) {
    int index = (int) (id >>> 8) & (MOST - 1);
    @Nullable SentBatch[] now = all;
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
    record.task = null;
    if (!record.leave(SentBatch.SENT, SentBatch.PENDING)) {
      record.state(SentBatch.IDLE);
      post(record, record.earlyStatus);
    } else if (givenUp != 0) {
      end(record, givenUp);
    }
  }

  /** A completion has come from the server: posts it, once. */
  void completed(long id, long status) {
    SentBatch record = find(id);
    if (record != null && completed(record, (int) id & 0xff, status)) {
      kept.arrived(record.index);
    } else {
      kept.arrived(inherit(id, status));
    }
  }

  /** Whose note it has, if it is an earlier process's. */
  private int inherit(long id, long status) {
    SessionFile file = kept.file();
    int index = (int) (id >>> 8) & (MOST - 1);
    int slot = (int) id & 0xff;
    if (file == null || !file.isOf(index, (int) (id >>> 32)) || slot >= SessionFile.CALLS) {
      strays.increment();
      return NOBODYS;
    }
    if (file.state(index) == SessionFile.SENT) {
      kept.inherit(file.callerData(index, slot), status);
    }
    return index;
  }

  // ---- records whose completion may be told again

  /** It was settled: whoever of us and {@link #posted} comes second gives the record back. */
  private void forgotten(int index) {
    if (index == NOBODYS) {
      return;
    }
    SentBatch record = index < all.length ? all[index] : null;
    if (record != null) {
      halfOver(record);
    } else if (kept.file() != null) {
      kept.file().over(index);
    }
  }

  /** Its completion was posted. */
  private void posted(SentBatch record) {
    if (kept.file() == null) {
      giveBack(record);
    } else {
      halfOver(record);
    }
  }

  private synchronized void halfOver(SentBatch record) {
    record.isHalfOver = !record.isHalfOver;
    if (!record.isHalfOver) {
      record.noteOver();
      giveBack(record);
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
      posted(record);
      CompletionWord.complete(word, status);
    } else {
      record.submission = new Submission();
      posted(record);
      end.of(submission, pending, callerData, status);
    }
  }

  /** Whether no call is in flight whose task has its answer. */
  boolean isQuiet() {
    return counters.isQuiet();
  }

  /** The server will not say any more: completes what is pending, once each. */
  void giveUp(long status) {
    givenUp = status;
    for (SentBatch record : all) {
      if (record != null) {
        end(record, status);
      }
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
