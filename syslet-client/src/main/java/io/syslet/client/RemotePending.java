package io.syslet.client;

import io.syslet.Errno;
import io.syslet.kernel.CallDescriptors;
import io.syslet.kernel.Cancellation;
import io.syslet.kernel.NamedCall;
import io.syslet.kernel.Submission;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A call, or a program, that goes on without its task: by which number the server knows the call
 * that is in progress, so that it can be asked to end it. One object for each. Any thread.
 *
 * <pre>
 *   end()                               take(by)
 *   status = ...                        over? then not asked
 *   over = true                         wish: CAS null -&gt; by
 *   wish is by: tells it the status     over? tells by the status
 * </pre>
 *
 * So a wish that was accepted hears of the end from one of both, or the same from both.
 */
final class RemotePending extends NamedCall {
  private static final long TURN = 1;

  private final long to;
  private final LongConsumer cancel;
  private final AtomicReference<@Nullable Cancellation> wish = new AtomicReference<>();
  private final long deadline;
  private volatile long id;
  private volatile boolean over;
  private volatile long status;

  /**
   * @param cancel asks the server to end the call of an id.
   */
  RemotePending(Submission of, LongConsumer cancel) {
    this.to = of.target();
    this.deadline = of.deadline();
    this.cancel = cancel;
  }

  /** A call of it is about to be sent, or was: with an id, as far as it is known, or 0. */
  void begins(long registers, long data, long sentAs) {
    name(registers, to, data);
    id = sentAs;
  }

  /** The server knows the next call by an id; whoever has asked meanwhile could not say which. */
  void isSent(long sentAs) {
    id = sentAs;
    if (wish.get() != null) {
      cancel.accept(sentAs);
    }
  }

  /** When it is to end; 0 for never. */
  long deadline() {
    return deadline;
  }

  /** The errno with which it is to end and go no further, or 0. */
  int asked() {
    Cancellation now = wish.get();
    if (now != null) {
      return now.error();
    }
    return deadline != 0 && System.nanoTime() - deadline >= 0 ? Errno.ETIMEDOUT : 0;
  }

  /** It ends with a status. */
  void end(long with) {
    status = with;
    over = true;
    Cancellation now = wish.get();
    if (now != null) {
      now.ended(with);
    }
  }

  @Override
  public long turn() {
    return over ? 0 : TURN;
  }

  @Override
  public int take(Cancellation by) {
    if (!over && wish.compareAndSet(null, by)) {
      ask();
    }
    if (wish.get() != by) {
      return over ? -Errno.ENOENT : -Errno.EALREADY;
    }
    if (over) {
      by.ended(status);
    }
    return by.outcome();
  }

  private void ask() {
    long now = id;
    if (now != 0 && !CallDescriptors.closes(nr())) {
      cancel.accept(now);
    }
  }
}
