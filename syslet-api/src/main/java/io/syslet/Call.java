package io.syslet;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A call of {@link Calls}, from the method that began it to its end. The objects are used again:
 * this one is another call's as soon as its own has ended and been told of.
 *
 * <p>{@link #then}, {@link #await} or {@link #awaitOrThrow} comes right after the call was begun,
 * before the next one is; without any of them an error of the call is kept for {@link
 * Calls#awaitAll}.
 */
public final class Call {
  /**
   * Is told of the end of a call, with no object made for it: for hot loops.
   *
   * @param <T> of the subject.
   */
  @FunctionalInterface
  public interface Listener<T> {
    /**
     * A call has ended. May begin others; may not wait.
     *
     * @param subject what was given to {@link Call#then(Listener, Object, long)}.
     * @param call the call, until this method returns.
     * @param status its value or −errno.
     */
    void ended(T subject, Call call, long status);
  }

  private static final Listener<LongConsumer> CONSUMER =
      (consumer, call, status) -> consumer.accept(status);

  final int number;
  final CallMemory memory;
  private final Calls calls;
  private Listener<Object> listener;
  private Object subject;
  private long data;
  private long nr;

  /** Where a struct statx is written. */
  long stat;

  @Nullable Chain chain;

  /** It has blocked and not ended. */
  boolean inFlight;

  Call(Calls calls, int number, CallMemory memory) {
    this.calls = calls;
    this.number = number;
    this.memory = memory;
    this.listener = calls.untold;
    this.subject = calls;
  }

  /**
   * Says who is told of the call's end, in the thread that submits and awaits.
   *
   * @param ended takes the call's value or −errno. It may begin other calls, but not wait.
   * @throws IllegalStateException if another call has been begun, or the call has ended.
   */
  public void then(LongConsumer ended) {
    then(CONSUMER, ended, 0);
  }

  /**
   * Says who is told of the call's end, in the thread that submits and awaits.
   *
   * @param subject any object, given back.
   * @param data any number: {@link #data}.
   * @throws IllegalStateException if another call has been begun, or the call has ended.
   */
  @SuppressWarnings("unchecked") // the subject that it gets is the one that came with it
  public <T> void then(Listener<? super T> listener, T subject, long data) {
    calls.mustBeLast(this);
    this.listener = (Listener<Object>) listener;
    this.subject = subject;
    this.data = data;
  }

  /**
   * Gives the call a deadline: if it sleeps for longer it ends with −ETIMEDOUT, unless it has done
   * something by then. Counted from when it is made. A {@link Chain} has it for all of it.
   *
   * @return this.
   * @throws IllegalStateException if another call has been begun, or the call has ended.
   * @throws IllegalArgumentException if it is negative.
   */
  public Call within(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("negative: " + time);
    }
    calls.mustBeLast(this);
    long nanos = TimeUnit.NANOSECONDS.convert(time);
    if (chain == null) {
      calls.dispatcher.queue.within(nanos);
    } else {
      chain.within(nanos);
    }
    return this;
  }

  /**
   * Takes the call back, if it is in flight: {@link Kernel#cancel(long, long)}. Its end is told as
   * ever, with −ECANCELED or with what it has done. One who is told of an end may call this, of
   * another call; so may no other thread.
   *
   * @return as there; −ENOENT also for a call that has not been submitted.
   */
  public int cancel() {
    return inFlight ? cancel(Kernel.CANCEL_NANOS) : -Errno.ENOENT;
  }

  int cancel(long patienceNanos) {
    return calls.kernel.cancel(calls.dispatcher.ring.address(), number, patienceNanos);
  }

  /**
   * Submits, and waits for the end of the call; those told of other calls are told meanwhile.
   *
   * @return the call's value or −errno.
   * @throws SyscallException if the wait fails: the thread is interrupted.
   * @throws IllegalStateException if another call has been begun, or this is called by one who is
   *     told of an end.
   */
  public long await() {
    return calls.await(this);
  }

  /**
   * As {@link #await}, but a −errno is thrown.
   *
   * @return the call's value, 0 or more.
   * @throws SyscallException with the call's errno, or if the wait fails.
   */
  public long awaitOrThrow() {
    long made = nr;
    return SyscallException.orThrow(made, await());
  }

  /** The number that was given to {@link #then(Listener, Object, long)}. */
  public long data() {
    return data;
  }

  /**
   * What {@link Calls#lstat} or statx found: a view of the memory that was given to it, or of the
   * call's own, until the call is released.
   */
  public Stat stat() {
    return calls.stat.wrap(stat);
  }

  /** The number of the call ({@link Nr}). */
  public long nr() {
    return nr;
  }

  /** The call is begun. */
  void begin(long number) {
    nr = number;
    stat = memory.room;
    listener = calls.untold;
  }

  /** Tells of the end. */
  void end(long status) {
    inFlight = false;
    if (chain != null) {
      chain.ended();
      chain = null;
    }
    listener.ended(subject, this, status);
  }

  /** The call has ended, and its memory is the next one's. */
  void release() {
    memory.release();
  }
}
