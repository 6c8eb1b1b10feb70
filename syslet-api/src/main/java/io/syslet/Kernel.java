package io.syslet;

import io.syslet.ring.CompletionRing;
import io.syslet.ring.CompletionWord;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * Any system call, asynchronous only if it blocks.
 *
 * <p>Numbers and struct layouts are the host's own; memory is off-heap; a result is a value or
 * −errno in a {@code long}. Nothing is thrown and nothing allocated by a call. Every method may be
 * called from any thread; only in a {@linkplain #start task} of this kernel can a call that blocks
 * be handed over.
 */
public interface Kernel extends AutoCloseable {
  /** How long whoever takes calls back waits for them to end, as long as none does: 100 ms. */
  long CANCEL_NANOS = 100_000_000;

  /**
   * Makes the best kernel that this machine and this JVM allow, of those on the class or module
   * path; {@link #name} says which it is, and {@link KernelProvider#all} why no other.
   *
   * @throws UnsupportedOperationException where none can run, and why.
   */
  static Kernel open() {
    return KernelProvider.best().open();
  }

  /** Which kernel it is, in one word: {@code linux}, {@code plain}. */
  default String name() {
    return getClass().getSimpleName();
  }

  /**
   * Makes a call plainly: it blocks if it blocks.
   *
   * @return the call's value or −errno; −EINVAL for a call that the entry refuses because it would
   *     change the thread under the program (see {@link io.syslet.table.CallTable}); −ENOSYS for a
   *     number that no call has; −ESHUTDOWN after {@link #close}.
   */
  long syscall(long nr, long a0, long a1, long a2, long a3, long a4, long a5);

  /** {@link #syscall(long, long, long, long, long, long, long)} with up to three arguments. */
  default long syscall(long nr, long a0, long a1, long a2) {
    return syscall(nr, a0, a1, a2, 0, 0, 0);
  }

  /**
   * Makes a call that goes on without the caller if it blocks (v7 {@code sys_indirect}).
   *
   * <p>The completion may be seen, also by another thread, before this method has returned
   * −ESYSLETPENDING. The segments are read before the call starts and not kept.
   *
   * @param registers the call ({@link Registers}); off-heap.
   * @param params the completion's target and more ({@link Params}); off-heap, at most {@link
   *     Params#TIMED_LENGTH} bytes, zero-extended if shorter. With a null ring pointer and no other
   *     target the call is made plainly.
   * @param flags {@link Syslet#NONBLOCK}, {@link Syslet#ATOMIC}.
   * @return the call's value or −errno if it did not block; −ESYSLETPENDING if it did, and then the
   *     completion comes exactly once. Or, if the call was not made and none will come:
   *     <ul>
   *       <li>−EFAULT: registers, params, ring or word cannot be read; heap segments cannot.
   *       <li>−EINVAL: params too long; unknown flags or target; file flags that the call does not
   *           take; an invalid frame or one whose {@code sp} a pending call uses; a ring that is
   *           none; a call that must not be handed over; a deadline below 0, or of a plain call.
   *       <li>−EAGAIN: the ring has no free slot; so many calls are pending as may be; NONBLOCK,
   *           and the call would block; ATOMIC, and no spare worker waits; a deadline, and no
   *           thread can be had to keep it.
   *       <li>−EOPNOTSUPP: NONBLOCK, and the call has no such form here.
   *       <li>−ESHUTDOWN: after {@link #close}.
   *     </ul>
   */
  long indirect(MemorySegment registers, MemorySegment params, int flags);

  /**
   * Makes {@code count} calls in order, beginning with slot {@code first}. When one blocks it
   * becomes the last accepted one, and the caller goes on with the rest: a short count, as with
   * {@code writev}. Each accepted slot's {@linkplain CallSlots#status status} says its value,
   * −errno or −ESYSLETPENDING. A slot that is refused before its call starts is not accepted,
   * unless it is the first: then its −errno is returned.
   *
   * @return how many were accepted, 1 to {@code count}; 0 for a {@code count} of 0; or the −errno
   *     of the first slot as in {@link #indirect(MemorySegment, MemorySegment, int)}; −EINVAL for
   *     slots beyond the array; −EFAULT for slots whose memory was freed.
   */
  int indirect(CallSlots slots, int first, int count, int flags);

  /**
   * Runs a program of calls, one after the other as its {@link Atoms} say, beginning with atom
   * {@code first}. When a call blocks, the caller goes on with −ESYSLETPENDING, and what comes
   * after that call is done in the background as well, without the caller; at the end of the
   * program there is one completion: the last status, with the caller data of the atom that was
   * last.
   *
   * <p>Each atom is read and checked when it is its turn. One that cannot be run ends the program
   * with an error, which is returned, or is the completion's status.
   *
   * @param steps how many atoms may be run at most, 1 or more.
   * @param flags {@link Syslet#NONBLOCK}, for each call; {@link Syslet#ATOMIC}.
   * @return the index of the last atom, 0 or more, if no call blocked: the statuses are in the
   *     atoms; −ESYSLETPENDING if one did, and then the completion comes exactly once, unless the
   *     last atom has {@link Atoms#NO_COMPLETE}. Or the program has ended early, and no completion
   *     will come:
   *     <ul>
   *       <li>−ETIME: there were more steps to do.
   *       <li>−ETIMEDOUT: the deadline passed, and there was more to do.
   *       <li>−EFAULT: the memory is not there any more; an address that the program reads or
   *           writes is not in it; a ring or word that cannot be read.
   *       <li>−EINVAL: no such atom, flag or next atom; reserved bits; addresses that are not
   *           aligned; a refused call, file flags or a frame as in {@link #indirect(MemorySegment,
   *           MemorySegment, int)}.
   *       <li>−EAGAIN: before the first call, as there.
   *       <li>−EOPNOTSUPP: NONBLOCK, and a call has no such form here.
   *       <li>−ENOSYS: this kernel does not run programs.
   *       <li>−ESHUTDOWN: after {@link #close}.
   *     </ul>
   */
  default long exec(Atoms atoms, int first, int steps, int flags) {
    return -Errno.ENOSYS;
  }

  /**
   * Waits until the ring's head is no longer {@code userIndex} (v7 {@code sys_syslet_ring_wait}).
   * Only the low 32 bits of the index count. A task that waits holds no thread of the kernel.
   *
   * @return 0; −EFAULT for a ring that cannot be read; −ERESTARTSYS (512) if the thread is
   *     interrupted, whose interrupt status stays set; −ESHUTDOWN if the head has not moved, and no
   *     completion comes any more after {@link #close}.
   */
  long ringWait(CompletionRing ring, long userIndex);

  /**
   * Waits until at least {@code min} completions are there beyond {@code userIndex}, or {@code
   * timeoutNanos} have passed.
   *
   * @param min 0, which returns at once, to the ring's elements.
   * @param timeoutNanos nanoseconds; {@link Long#MAX_VALUE} for none.
   * @return as {@link #ringWait(CompletionRing, long)}; −ETIME after the time-out; −EINVAL for
   *     another {@code min}.
   */
  long ringWait(CompletionRing ring, long userIndex, int min, long timeoutNanos);

  /**
   * Waits until a completion word is done, or {@code timeoutNanos} have passed. For a call that
   * answered −ESYSLETPENDING; one that did not block leaves its word as it is.
   *
   * @param timeoutNanos nanoseconds; {@link Long#MAX_VALUE} for none.
   * @return 0; −EFAULT for a word that cannot be read; −ERESTARTSYS (512) if the thread is
   *     interrupted, whose interrupt status stays set; −ETIME after the time-out; −ESHUTDOWN if the
   *     word is not done, and no completion comes any more after {@link #close}.
   */
  long wordWait(CompletionWord word, long timeoutNanos);

  /**
   * Takes back a pending call, or the program that it belongs to: if it can be got out of its sleep
   * it ends with −ECANCELED, at once and having done nothing. What it has done by then counts: it
   * ends with its own status. So the completion comes as ever, exactly once, and says which. A
   * program goes no further. A call that closes a descriptor is left alone.
   *
   * <p>Any thread may call; a task that waits holds no thread of the kernel.
   *
   * @param target the address of the ring, or of the completion word, that it completes to; 0 for
   *     one with {@link Syslet#TARGET_NONE}.
   * @param callerData its caller data, in a program that of the call in progress.
   * @return 0: it is taken back, its completion says −ECANCELED; −ENOENT: no such call is pending;
   *     −EALREADY: it is about to end by itself, is asked to end already, or does not let itself be
   *     interrupted, and ends when it can; −ESHUTDOWN after {@link #close}.
   */
  default int cancel(long target, long callerData) {
    return cancel(target, callerData, CANCEL_NANOS);
  }

  /**
   * {@link #cancel(long, long)} with another time to wait for the call to end.
   *
   * @param patienceNanos nanoseconds; 0 for not at all: then −EALREADY says that it is asked to.
   */
  default int cancel(long target, long callerData, long patienceNanos) {
    return -Errno.ENOENT;
  }

  /** {@link #cancel(long, long)} of a call that completes to a ring. */
  default int cancel(CompletionRing ring, long callerData) {
    return cancel(ring.address(), callerData);
  }

  /**
   * Takes back all pending calls one of whose arguments is a descriptor, as {@link #cancel(long,
   * long)} does.
   *
   * @return 0: all there were; −ENOENT: there was none; −EALREADY: not all; −ESHUTDOWN.
   */
  default int cancelFd(int fd) {
    return -Errno.ENOENT;
  }

  /**
   * Takes back all pending calls, as {@link #cancel(long, long)} does, of all tasks.
   *
   * @return as {@link #cancelFd}.
   */
  default int cancelAll() {
    return -Errno.ENOENT;
  }

  /**
   * Memory that pending calls may use. It outlives them: {@link #close} frees it when the last such
   * call has really returned. Its own {@code close} is {@link UnsupportedOperationException}.
   */
  Arena arena();

  /**
   * Starts a task. Its end leaves its pending calls under way.
   *
   * @throws IllegalStateException after {@link #close}.
   */
  Task start(Program program);

  /**
   * Runs a program as a task, and waits for its end.
   *
   * @throws ExecutionException with what the program threw.
   * @throws InterruptedException if the waiting thread is interrupted; the task goes on.
   * @throws IllegalStateException after {@link #close}.
   */
  default void run(Program program) throws InterruptedException, ExecutionException {
    start(program).join();
  }

  /**
   * Names a function, for use as the {@code ip} of a frame. Allocates; the name is not taken back.
   *
   * @return its handle, never 0; valid as long as the kernel.
   */
  long frame(Frame function);

  /**
   * Sets how many workers there may be at most, standing by and blocked together.
   *
   * @return the old limit; −EINVAL (and no change) for one below 1.
   */
  int maxWorkers(int limit);

  /**
   * Sets how many calls of one task may be pending: with so many, further ones are −EAGAIN, until
   * one ends. There is no limit at first. It keeps calls that hang for ever, as in a mount that
   * does not answer, from taking the workers of other tasks.
   *
   * @return the old limit; −EINVAL (and no change) for one below 1.
   */
  default int maxPending(int limit) {
    return -Errno.ENOSYS;
  }

  /** How many processors run tasks: a good number of tasks for a program that can use several. */
  int processors();

  /** What has been counted so far. */
  KernelStats stats();

  /**
   * Ends the kernel: new calls and tasks are refused; calls still blocked are drained for a short
   * while and then completed with −ECANCELED, once each; then waits take what is there and are
   * refused otherwise. Tasks go on, but their calls are refused. The kernel's threads leave and the
   * memory is freed when nobody is in the kernel any more: no task, and no thread in a call or
   * wait.
   *
   * <p>A second close does nothing; one that meets another waits for it, unless it is called by a
   * task of this kernel. An interrupt does not end it early and stays set.
   */
  @Override
  void close();

  /**
   * {@link #close}, with another time for calls to end.
   *
   * @param drain how long calls in flight are waited for; 0 or less for not at all.
   * @return the calls that sleep on in the host's kernel, and keep the memory; empty if there are
   *     none, and for a second close.
   */
  default List<StuckCall> close(Duration drain) {
    close();
    return List.of();
  }
}
