package io.syslet.client;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Who reads a connection: its pump; or a task that waits for its answer, if nothing is due but
 * answers. So an answer needs to wake one thread, not two.
 *
 * <pre>
 *   pump                                       task
 *   has the role, and reads                    sends, and waits: the pump brings the answer
 *   nothing but answers came, so many:
 *   leaves the role, calls who waits, rests    is called, takes the role, reads its answer, leaves;
 *                                              calls who waits
 *                                              sends, takes the role, reads its answer, leaves ...
 *   wakes up: a task had the role: rests on    ... more is due: leaves, and wakes the pump
 *             none had it: takes it, reads
 *             one has it: wants it, parks      ... it is wanted: leaves, and wakes the pump
 * </pre>
 *
 * Who leaves the role looks for one that waits afterwards, and who waits has sent before it looks
 * for the role: so one of them sees the other. The pump comes back after a while, whatever happens.
 *
 * <p>Taking the role is an acquire, leaving it a release: what one has read the next one knows. A
 * connection that a task finds broken or over is the pump's to mend: the task leaves word.
 */
final class ReaderRole {
  /** The pump rests for so long at a time: what nobody waits for may come so late. */
  private static final long REST_NANOS = 2_000_000;

  /** So many answers without anything else show that tasks just call and wait. */
  private static final int ANSWERS = 8;

  private final AtomicBoolean held = new AtomicBoolean(true);
  private volatile boolean wanted;
  private volatile long turns;
  private volatile @Nullable IOException broken;
  private volatile boolean over;
  private volatile @Nullable Thread pump;

  /** The pump's own. */
  private boolean isPumps = true;

  private int answers;

  // ---- tasks

  /** Takes the role, unless somebody has it or the pump wants it: whether it has. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // the holder's alone
  boolean tryTake() {
    boolean taken = !wanted && held.compareAndSet(false, true);
    if (taken) {
      turns++;
    }
    return taken;
  }

  /** The holder has found the connection broken. */
  void broken(Exception e) {
    broken = e instanceof IOException io ? io : new IOException(e.getMessage(), e);
  }

  /** The holder has heard the last that the server says. */
  void over() {
    over = true;
  }

  /** The holder leaves the role: to the pump, or to a task that waits. */
  void leave(boolean toPump, Outstanding waiting) {
    if (toPump) {
      wanted = true;
    }
    held.set(false);
    if (wanted || !waiting.callOldest()) {
      wanted = true;
      LockSupport.unpark(pump);
    }
  }

  // ---- the pump

  /**
   * Waits until the pump has the role.
   *
   * @return false if a task has heard the last that the server says.
   * @throws IOException if a task has found the connection broken.
   */
  boolean takeForPump() throws IOException {
    if (!isPumps) {
      rest();
      isPumps = true;
      wanted = false;
      answers = 0;
    }
    IOException found = broken;
    broken = null;
    if (found != null) {
      throw found;
    }
    return !over;
  }

  private void rest() {
    long seen = turns;
    LockSupport.parkNanos(this, REST_NANOS);
    while (!((wanted || seen == turns) && held.compareAndSet(false, true))) {
      if (seen == turns) {
        wanted = true;
        park();
      } else {
        seen = turns;
        LockSupport.parkNanos(this, REST_NANOS);
      }
    }
  }

  /** Who has the role sees that it is wanted when it leaves. */
  private void park() {
    if (held.get()) {
      LockSupport.park(this);
    }
  }

  /**
   * The pump has taken a frame.
   *
   * @param isMoreDue whether something comes that no task waits for.
   */
  void taken(boolean isMoreDue, Outstanding waiting) {
    answers = isMoreDue ? 0 : answers + 1;
    if (answers >= ANSWERS) {
      isPumps = false;
      pump = Thread.currentThread();
      leave(false, waiting);
    }
  }
}
