package io.syslet;

import io.syslet.ring.CompletionHandler;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.Memory;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * How the calls of {@link Calls} are made: begun into a queue, submitted as far as the limit lets,
 * told of as they end, inline or by the ring.
 *
 * <p>One task at a time, but for {@link #wake}.
 */
final class CallDispatcher {
  /** Caller data of a completion that only wakes. */
  private static final long WAKE = -1;

  final Kernel kernel;
  final CompletionRing ring;
  final int limit;
  final CallQueue queue;
  final CallPool pool;
  private final CompletionHandler handler = this::completed;
  private CallQueue.@Nullable Kind alone;
  private @Nullable Call last;
  private boolean telling;
  private boolean woken;
  private int room;
  private int inFlight;
  private int maxInFlight;
  private long made;
  private long pending;
  private long ended;

  CallDispatcher(Calls calls, Kernel kernel, int limit) {
    this.kernel = kernel;
    this.limit = limit;
    ring = CompletionRing.allocate(kernel.arena(), ringSize(limit), 0);
    queue = new CallQueue(kernel.arena(), Calls.BATCH, ring);
    pool = new CallPool(calls, kernel.arena(), limit);
    room = Math.min(Calls.BATCH, limit);
  }

  /** A power of two with room to spare, also for the wake-ups. */
  private static int ringSize(int limit) {
    return Integer.highestOneBit(Math.max(2 * limit, Calls.BATCH) - 1) << 1;
  }

  /** Has calls of some numbers made plainly from now on. */
  void plainly(LongPredicate numbers) {
    alone = call -> call.chain != null || numbers.test(call.nr());
  }

  // ---- beginning a call

  Call begin(long nr, long a0, long a1, long a2, long a3, long a4, long a5) {
    Call call = next();
    Call same = pool.take();
    assert same == call;
    call.begin(nr);
    queue.add(call, nr, a0, a1, a2, a3, a4, a5);
    room--;
    last = call;
    return call;
  }

  /** Begins a program. */
  Call begin(Chain chain) {
    Call call = begin(Nr.INDIRECT, 0, 0, 0, 0, 0, 0);
    call.chain = chain;
    if (alone == null) {
      alone = next -> next.chain != null;
    }
    return call;
  }

  /** The call that is begun next; there is room for it, unless an end is being told of. */
  Call next() {
    if (room <= 0 && !telling) {
      makeRoom();
    }
    return pool.peek();
  }

  private void makeRoom() {
    submit();
    while (room <= 0) {
      boolean has = await();
      assert has;
    }
  }

  boolean isLast(Call call) {
    return last == call;
  }

  // ---- making the calls

  /** {@link Calls#submit}. */
  void submit() {
    if (telling) {
      throw new IllegalStateException("who is told of an end can begin calls, but not wait");
    }
    telling = true;
    last = null;
    try {
      flush(queue.waiting());
      drain();
    } finally {
      telling = false;
      last = null;
      room = Math.min(Calls.BATCH, limit - inFlight) - queue.size();
    }
  }

  private void flush(int count) {
    int left = count;
    tell();
    while (left > 0 && inFlight < limit) {
      left -= enter(left);
      tell();
    }
    queue.tidy();
  }

  private void tell() {
    while (queue.hasStatus()) {
      answered(queue.status());
    }
  }

  private void answered(long status) {
    Call call = queue.take();
    made++;
    if (status == -Syslet.ESYSLETPENDING) {
      pending++;
      call.inFlight = true;
      maxInFlight = Math.max(maxInFlight, ++inFlight);
    } else {
      end(call, status);
    }
  }

  /** Makes up to {@code most} calls that wait: how many. */
  private int enter(int most) {
    int count = alone == null ? most : Math.min(most, queue.before(alone));
    if (count == 0) {
      return enterAlone();
    }
    int accepted = queue.enter(kernel, count);
    return accepted > 0 ? accepted : refused(accepted);
  }

  private int enterAlone() {
    Chain chain = queue.first().chain;
    if (chain == null) {
      answered(plainly(queue.firstSlot()));
      return 1;
    }
    long status = chain.enter(queue.first());
    if (status == Chain.REFUSED) {
      return refused(-Errno.EAGAIN);
    }
    if (status == Chain.GOES_ON) {
      queue.take();
    } else {
      answered(status);
    }
    return 1;
  }

  /** The ring is full of completions, since it has a place for each call; else the call ends so. */
  private int refused(int error) {
    boolean isUnread = !ring.isEmpty();
    if (error == -Errno.EAGAIN && (isUnread || inFlight > 0)) {
      if (!isUnread) {
        sleep();
      }
      drain();
      return 0;
    }
    answered(error);
    return 1;
  }

  private long plainly(long slot) {
    return kernel.syscall(
        Memory.getLong(slot),
        Memory.getLong(slot + Registers.argument(0)),
        Memory.getLong(slot + Registers.argument(1)),
        Memory.getLong(slot + Registers.argument(2)),
        Memory.getLong(slot + Registers.argument(3)),
        Memory.getLong(slot + Registers.argument(4)),
        Memory.getLong(slot + Registers.argument(5)));
  }

  private void drain() {
    if (!ring.isEmpty()) {
      int drained = ring.drain(handler, Integer.MAX_VALUE);
      assert drained > 0 : drained;
    }
  }

  private void completed(long status, long number) {
    if (number == WAKE) {
      woken = true;
    } else {
      assert inFlight > 0 : "a completion too many: " + number;
      inFlight--;
      end(pool.get((int) number), status);
    }
  }

  /** A call has ended. */
  void end(Call call, long status) {
    ended++;
    try {
      call.end(status);
    } finally {
      call.release();
      pool.give(call);
    }
  }

  // ---- waiting

  /** {@link Calls#await}. */
  boolean await() {
    long before = ended;
    submit();
    while (ended == before && (inFlight > 0 || queue.size() > 0)) {
      // The next step of a program may wait, of which nobody was told.
      if (queue.size() == 0 || inFlight >= limit) {
        sleep();
      }
      submit();
    }
    return ended != before;
  }

  /** {@link Calls#awaitWake}. */
  void awaitWake() {
    long before = ended;
    submit();
    if (ended == before && !woken) {
      sleep();
      submit();
    }
    woken = false;
  }

  /** {@link Calls#wake}: any thread. */
  void wake() {
    int entry = ring.producer().reserve();
    if (entry >= 0) {
      ring.producer().complete(entry, 0, WAKE);
    }
  }

  private void sleep() {
    SyscallException.throwIf(Nr.RING_WAIT, kernel.ringWait(ring, ring.tail()));
  }

  // ---- figures

  int room() {
    return room;
  }

  int queued() {
    return queue.size();
  }

  int inFlight() {
    return inFlight;
  }

  int maxInFlight() {
    return maxInFlight;
  }

  long made() {
    return made;
  }

  long pending() {
    return pending;
  }
}
