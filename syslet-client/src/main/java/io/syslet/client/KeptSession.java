package io.syslet.client;

import io.syslet.client.wire.Token;
import io.syslet.client.wire.Welcome;
import io.syslet.ring.CompletionHandler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The session of a kernel as the next process of the program finds it, by the file that {@link
 * ClientOptions#session} names. Of a kernel without one nothing is kept. Any thread.
 *
 * <p>Completions are counted as they come. The server keeps them until the program {@linkplain
 * #settle settles} them; a process that dies first leaves them, and calls in flight, to the next.
 *
 * <pre>
 *   first process                          server                next process
 *   submit, caller data 7: note, batch --> pending
 *   killed                                 ends: completion n    --HELLO token, settled n--
 *                                                    n -->  note: it was 7; inherited(7)
 *                                                    settle: note over, n is forgotten
 * </pre>
 *
 * The next process uses no number under which an inherited call may still complete.
 */
public final class KeptSession {
  /** Where a session comes from. */
  public enum Origin {
    /** There was none, or it is over: what its calls in flight did is unknown. */
    NEW,
    /** An earlier process of the program began it: its descriptors and calls are there. */
    RESUMED,
    /**
     * As before, but its server has died meanwhile, and this one has read the journal: calls that
     * were in flight end with −EOWNERDEAD, descriptors are gone.
     */
    RECOVERED
  }

  private record Completion(long callerData, long status) {}

  private static final int RING = SessionFile.NOTES / 4;

  private final @Nullable SessionFile file;
  private final AtomicLong taken = new AtomicLong();
  private final ArrayDeque<Integer> unsettled = new ArrayDeque<>();
  private final LinkedBlockingQueue<Completion> inherited = new LinkedBlockingQueue<>();
  private volatile Origin origin = Origin.NEW;
  private LongConsumer onSettled = position -> {};
  private IntConsumer onForgotten = index -> {};

  /** Neither the file nor the ring is there any more. */
  private boolean isReleased;

  private KeptSession(@Nullable SessionFile file) {
    this.file = file;
  }

  /** Opens the file, if one is named. */
  static KeptSession open(@Nullable Path path) throws IOException {
    KeptSession kept = new KeptSession(path == null ? null : SessionFile.open(path));
    kept.taken.set(kept.settled());
    return kept;
  }

  // ---- the program's

  /** Where the session comes from. */
  public Origin origin() {
    return origin;
  }

  /**
   * Hands out the completions of calls that an earlier process made, each with its caller data and
   * once for this process: of a call that went on without its task, and of one whose answer that
   * process may not have seen. Memory that it wrote was the dead process's.
   *
   * @param nanos how long to wait for the first, nanoseconds.
   * @return how many.
   * @throws InterruptedException if the waiting thread is.
   */
  public int inherited(CompletionHandler handler, long nanos) throws InterruptedException {
    int count = 0;
    Completion next = inherited.poll(nanos, TimeUnit.NANOSECONDS);
    for (; next != null; next = inherited.poll()) {
      handler.onCompletion(next.status, next.callerData);
      count++;
    }
    return count;
  }

  /**
   * How many completions have come since the session began. Each is counted just after it was
   * posted, or handed to {@link #inherited}.
   */
  public long arrived() {
    return taken.get();
  }

  /**
   * Says that the program needs none of the first completions again: it has emptied its rings and
   * {@link #inherited} since {@link #arrived} returned the count, and written down what it must not
   * forget. The server has room for so many completions as its ring has elements; a program that
   * never settles gets −EAGAIN in the end. Without a file, and once the kernel is closed, there is
   * nothing to do.
   *
   * @throws IllegalArgumentException for more than have arrived.
   */
  public synchronized void settle(long arrived) {
    if (isReleased) {
      return;
    }
    if (arrived > taken.get()) {
      throw new IllegalArgumentException(arrived + " have not arrived");
    }
    if (file != null) {
      settle(file, arrived);
    }
  }

  private void settle(SessionFile in, long arrived) {
    long settled = in.settled();
    if (arrived > settled) {
      in.settled(arrived);
      for (; settled < arrived; settled++) {
        onForgotten.accept(unsettled.removeFirst());
      }
      onSettled.accept(arrived);
    }
  }

  // ---- the connection's

  /** The file; null if nothing is kept. */
  @Nullable SessionFile file() {
    return file;
  }

  @Nullable Token token() {
    return file == null ? null : file.token();
  }

  int instance() {
    return file == null ? 0 : file.instance();
  }

  /** What the server need not tell again. */
  long settled() {
    return file == null ? taken.get() : file.settled();
  }

  long answered() {
    return file == null ? 0 : file.answered();
  }

  void answered(long batches) {
    if (file != null) {
      file.answered(batches);
    }
  }

  /** Completions that the server should have room for: each has a note until it is settled. */
  int ringElements(int wanted) {
    return file == null ? wanted : Math.min(wanted == 0 ? RING : wanted, 2 * RING);
  }

  /** The server has let us in for the first time. */
  void begin(Welcome welcome) {
    if (file != null && welcome.token().equals(file.token())) {
      origin = welcome.instance() == file.instance() ? Origin.RESUMED : Origin.RECOVERED;
    }
    goOn(welcome);
  }

  /** The server is another one, perhaps. */
  void goOn(Welcome welcome) {
    if (file != null) {
      file.begin(welcome.token(), welcome.instance());
    }
  }

  /** The session is over: false if there was none. */
  boolean forget() {
    if (token() == null || file == null) {
      return false;
    }
    file.forget();
    taken.set(0);
    return true;
  }

  /** Tells of each settlement: the position before which nothing is needed. */
  void onSettled(LongConsumer listener) {
    onSettled = listener;
  }

  /** Gives numbers of calls back, {@link InFlight#NOBODYS} included. */
  void onForgotten(IntConsumer listener) {
    onForgotten = listener;
  }

  /**
   * A completion has come, and was posted. The pump, in order.
   *
   * @param index the number of its note.
   */
  void arrived(int index) {
    if (file != null) {
      keep(index);
    }
    taken.incrementAndGet();
  }

  private synchronized void keep(int index) {
    unsettled.addLast(index);
  }

  /** A completion of an earlier process's call has come. */
  void inherit(long callerData, long status) {
    inherited.add(new Completion(callerData, status));
  }

  /** The session has ended in an orderly way, and its ring is about to go. */
  synchronized void close() {
    var _ = forget();
    release();
  }

  /** Lets another have the file. */
  synchronized void release() {
    isReleased = true;
    if (file != null) {
      file.close();
    }
  }
}
