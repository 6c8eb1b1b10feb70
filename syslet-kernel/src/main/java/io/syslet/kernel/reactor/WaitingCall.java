package io.syslet.kernel.reactor;

import io.syslet.Errno;
import io.syslet.Program;
import io.syslet.kernel.Alarm;
import io.syslet.kernel.Awaiter;
import io.syslet.kernel.CallDescriptors;
import io.syslet.kernel.Cancellation;
import io.syslet.kernel.PendingCall;
import io.syslet.kernel.StayedBehind;
import io.syslet.kernel.Submission;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A call that waits, and after it the rest of its program.
 *
 * <pre>
 *   BUSY      --begins to wait-----------------> WAITING
 *   WAITING   --ready, or its time is over-----> BUSY       tried by the reactor, or at a worker
 *   BUSY      --cannot be made after all-------> WAITING
 *   BUSY      --posts its completion-----------> ENDED      or another goes on with its program
 *   BUSY      --whoever closes-----------------> CANCELING  to post the completion
 *   CANCELING --whoever closes: posted---------> CANCELED
 * </pre>
 *
 * Changed under the lock of the reactor; the call itself is its own that has it BUSY.
 */
final class WaitingCall extends CallRegisters implements StayedBehind, PendingCall, Runnable {
  static final int BUSY = 0;
  static final int WAITING = 1;
  static final int ENDED = 2;
  static final int CANCELING = 3;
  static final int CANCELED = 4;

  private static final long UNKNOWN = -1;
  private static final long SOCKADDR_STORAGE = 128;

  private final Reactor reactor;
  volatile int state = BUSY;

  /** Where it waits: its descriptors. */
  @Nullable Waiter places;

  /** When it ends by itself, and when it is made to end. */
  long deadline = Times.NEVER;

  long limit = Times.NEVER;
  int heapIndex = -1;

  /** The wish that it end. */
  volatile @Nullable Cancellation wish;

  /** The thread that makes it at a worker, 0 for none. */
  long threadId;

  /** Whether it keeps the reactor from resting. */
  boolean isCounted;

  /** Whether a worker has to make it when it is ready, since it has no form that never sleeps. */
  boolean needsWorker;

  /** How often it could not be made although it was said to be ready. */
  int fruitless;

  /** What completes it. */
  Submission submission;

  long callerData;

  /** What is told of its end. */
  WaitRecorder.@Nullable Wait recorded;

  private long descriptors;

  /** What the registers point at, if that is a copy. */
  @Nullable MemorySegment memory;

  /** The array that a poll is to tell. */
  long user;

  private long done;
  private long left;

  /** Of the registers at an address, as they would have it made. */
  WaitingCall(Reactor reactor, long registers, Submission none) {
    this.reactor = reactor;
    this.submission = none;
    become(registers);
  }

  /** Lets this be the next call of its program. */
  void become(long registers) {
    load(registers);
    descriptors = CallDescriptors.of(registers);
    memory = null;
    deadline = Times.NEVER;
    done = 0;
    left = UNKNOWN;
  }

  /** Takes a copy of the address to connect to, which its caller may use for something else. */
  void keepAddress() {
    MemorySegment copy = Arena.ofAuto().allocate(Math.clamp(a2, 1, SOCKADDR_STORAGE), Long.BYTES);
    Memory.copy(a1, copy.address(), copy.byteSize());
    memory = copy;
    a1 = copy.address();
  }

  /** When something is to be done about it. */
  long due() {
    return Math.min(deadline, limit);
  }

  /** Some bytes have been written: whether all have. */
  boolean advance(long bytes) {
    left = left == UNKNOWN ? WriteProgress.total(this) : left;
    done += bytes;
    left -= bytes;
    fruitless = 0;
    if (left > 0) {
      MemorySegment rest = WriteProgress.skip(this, bytes);
      memory = rest == null ? memory : rest;
    }
    return left <= 0;
  }

  /** Tries the call: its value or −errno, −EAGAIN if it must wait. */
  long tried(Tries tries) {
    long result = tries.make(this);
    while (form().isWrite() && result > 0 && !advance(result)) {
      result = tries.make(this);
    }
    return result == -Errno.EAGAIN ? result : ended(result);
  }

  @Override
  public void run() {
    reactor.returned(this, atWorker());
  }

  /** At a worker: makes the call, however long it sleeps, unless nobody wants it; its status. */
  long atWorker() {
    Alarm alarm = limit == Times.NEVER ? null : reactor.alarm(this);
    long result = reactor.taker.begins(this) ? made() : -asked();
    reactor.taker.ends(this);
    if (alarm != null) {
      alarm.disarm();
    }
    return ended(result);
  }

  private long made() {
    long result = settled(make(reactor.door));
    while (form().isWrite() && result > 0 && !advance(result)) {
      result = settled(make(reactor.door));
    }
    return result;
  }

  /** What the call returns that ended so. */
  private long ended(long result) {
    if (form().isPolling() && result > 0) {
      tell();
    }
    return form().isWrite() && done > 0 ? done : result;
  }

  private void tell() {
    MemorySegment set = memory;
    if (set != null) {
      PollSet.tell(set, a1, user);
    }
  }

  /** What the call returns whose time is over. */
  long over() {
    if (form().isPolling()) {
      tell();
    }
    return limit < deadline ? cut(Errno.ETIMEDOUT) : Times.over(form(), done);
  }

  /** What the call returns that is to end with an error. */
  long cut(int error) {
    return done > 0 ? done : -error;
  }

  @Override
  public int asked() {
    Cancellation now = wish;
    if (now != null) {
      return now.error();
    }
    return limit != Times.NEVER && limit - System.nanoTime() <= 0 ? Errno.ETIMEDOUT : 0;
  }

  @Override
  public long settled(long status) {
    int error = status == -Errno.EINTR ? asked() : 0;
    return error == 0 ? status : -error;
  }

  @Override
  public boolean isCanceled() {
    return state >= CANCELING;
  }

  @Override
  public Awaiter awaiter() {
    return reactor.ofThread();
  }

  @Override
  public boolean letsGo() {
    return reactor.leaves(this);
  }

  @Override
  public long next(Submission program) {
    callerData = program.callerData();
    return reactor.next(this, program);
  }

  @Override
  public void post(Submission of, long data, long status) {
    if (reactor.ends(this, status)) {
      of.complete(data, status);
      tellEnd(data, status);
    }
    while (state == CANCELING) {
      Thread.onSpinWait();
    }
  }

  /** Its completion has been posted: tells the recorder, if that was told of its beginning. */
  private void tellEnd(long data, long status) {
    WaitRecorder.Wait told = recorded;
    recorded = null;
    if (told != null) {
      told.ended(data, status);
    }
  }

  @Override
  public boolean launch(Program frame) {
    return reactor.launch(frame);
  }

  // ---- as who takes it back sees it

  @Override
  public long turn() {
    return state == ENDED ? 0 : 1;
  }

  @Override
  public long target() {
    return submission.target();
  }

  @Override
  public long callerData() {
    return callerData;
  }

  @Override
  public long nr() {
    return nr;
  }

  @Override
  public long descriptors() {
    return descriptors;
  }

  @Override
  public int take(Cancellation by) {
    return reactor.taker.take(this, by);
  }
}
