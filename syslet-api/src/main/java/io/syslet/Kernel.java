package io.syslet;

import io.syslet.ring.CompletionRing;
import io.syslet.ring.CompletionWord;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
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
  /**
   * Makes a call plainly: it blocks if it blocks.
   *
   * @return the call's value or −errno; −EINVAL for a call that the entry refuses because it would
   *     change the thread under the program (see {@link CallTable}).
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
   *     Params#LENGTH} bytes, zero-extended if shorter. With a null ring pointer and no other
   *     target the call is made plainly.
   * @param flags {@link Syslet#NONBLOCK}, {@link Syslet#ATOMIC}.
   * @return the call's value or −errno if it did not block; −ESYSLETPENDING if it did; and, when
   *     the call was not made: −EFAULT for memory that cannot be read; −EINVAL for params too long,
   *     unknown flags, an invalid frame or ring, or a call that must not be handed over; −EAGAIN
   *     for a full ring, or with a flag that says so; −EOPNOTSUPP for NONBLOCK where the call has
   *     no such form; −ESHUTDOWN after {@link #close}.
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
   *     slots beyond the array.
   */
  int indirect(CallSlots slots, int first, int count, int flags);

  /**
   * Waits until the ring's head is no longer {@code userIndex} (v7 {@code sys_syslet_ring_wait}).
   * Only the low 32 bits of the index count. A task that waits holds no thread of the kernel.
   *
   * @return 0; −EFAULT for a ring that cannot be read; −ERESTARTSYS (512) if interrupted.
   */
  long ringWait(CompletionRing ring, long userIndex);

  /**
   * Waits until at least {@code min} completions are there beyond {@code userIndex}, or {@code
   * timeoutNanos} have passed.
   *
   * @param timeoutNanos nanoseconds; {@link Long#MAX_VALUE} for none.
   * @return as {@link #ringWait(CompletionRing, long)}; −ETIME after the time-out; −EINVAL for a
   *     {@code min} that the ring cannot hold.
   */
  long ringWait(CompletionRing ring, long userIndex, int min, long timeoutNanos);

  /** Waits for a completion word, as {@link #ringWait(CompletionRing, long, int, long)}. */
  long wordWait(CompletionWord word, long timeoutNanos);

  /**
   * Memory that pending calls may use. It outlives them: {@link #close} frees it when the last such
   * call has really returned. Its own {@code close} is {@link UnsupportedOperationException}.
   */
  Arena arena();

  /** Starts a task. */
  Task start(Program program);

  /**
   * Runs a program as a task, and waits for its end.
   *
   * @throws ExecutionException with what the program threw.
   */
  default void run(Program program) throws InterruptedException, ExecutionException {
    start(program).join();
  }

  /**
   * Names a function, for use as the {@code ip} of a frame.
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

  /** How many processors run tasks: a good number of tasks for a program that can use several. */
  int processors();

  /** What has been counted so far. */
  KernelStats stats();

  /**
   * Ends the kernel: new calls are refused, spare workers are told to leave and waited for, calls
   * still blocked are drained for a short while and then completed with −ECANCELED, once each.
   */
  @Override
  void close();
}
