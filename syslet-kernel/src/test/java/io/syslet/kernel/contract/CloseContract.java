package io.syslet.kernel.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Params;
import io.syslet.Program;
import io.syslet.Task;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.CompletionWord;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The end of a kernel: what close(3) of the manual says of calls, waits, tasks and callers. */
public abstract class CloseContract extends KernelContract {
  private static final long NOT_THERE = 1L << 40;

  /** What a call may answer that is under way when the kernel ends. */
  private static final Set<Long> MEETING_THE_END =
      Set.of(
          (long) Errno.ETIME,
          (long) Errno.EINTR,
          (long) Errno.ECANCELED,
          (long) Errno.ENOTCONN,
          (long) Errno.EOWNERDEAD);

  /** Of the kernels that the booter makes. */
  protected CloseContract(Booter booter) {
    super(booter);
  }

  private static CompletionRing ring() {
    return CompletionRing.allocate(Arena.global(), 8, 1);
  }

  @Test
  void afterwardsAWaitTakesWhatIsThereAndIsRefusedOtherwise() throws Exception {
    CompletionRing ring = ring();
    CompletionWord word = CompletionWord.allocate(Arena.global());
    Kernel kernel = boot();
    kernel.close();
    assertThat(kernel.ringWait(ring, 0)).isEqualTo(-Errno.ESHUTDOWN);
    assertThat(kernel.ringWait(ring, 0, 1, 1000)).isEqualTo(-Errno.ESHUTDOWN);
    assertThat(kernel.ringWait(ring, 0, 9, 1000)).isEqualTo(-Errno.EINVAL);
    assertThat(kernel.wordWait(word, Long.MAX_VALUE)).isEqualTo(-Errno.ESHUTDOWN);
    assertThat(ring.producer().complete(ring.producer().reserve(), 7, 7)).isZero();
    assertThat(word.complete(7)).isZero();
    assertThat(kernel.ringWait(ring, 0)).isZero();
    assertThat(kernel.ringWait(ring, 0, 2, 1000)).isEqualTo(-Errno.ESHUTDOWN);
    assertThat(kernel.wordWait(word, 0)).isZero();
  }

  @Test
  void whoWaitsInAPlainThreadIsToldThatNothingComes() throws Exception {
    assumeFalse(booter.hasOwnTime(), "a wait that nothing can end throws");
    CompletionRing ring = ring();
    CompletionWord word = CompletionWord.allocate(Arena.global());
    Kernel kernel = boot();
    AtomicLong ofRing = new AtomicLong(NOT_THERE);
    AtomicLong ofWord = new AtomicLong(NOT_THERE);
    Thread one = waiting(() -> ofRing.set(kernel.ringWait(ring, 0)));
    Thread other = waiting(() -> ofWord.set(kernel.wordWait(word, Long.MAX_VALUE)));
    kernel.close();
    one.join();
    other.join();
    assertThat(ofRing).hasValue(-Errno.ESHUTDOWN);
    assertThat(ofWord).hasValue(-Errno.ESHUTDOWN);
  }

  private static Thread waiting(Runnable wait) throws InterruptedException {
    Thread thread = Thread.ofPlatform().daemon().start(wait);
    while (thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TIMED_WAITING
        && thread.isAlive()) {
      Thread.sleep(1);
    }
    return thread;
  }

  @Test
  void aTaskThatWaitsIsToldThatNothingComesOrIsKilled() throws Exception {
    CompletionRing ring = ring();
    Kernel kernel = boot();
    AtomicLong result = new AtomicLong(NOT_THERE);
    CompletionRing started = ring();
    Task task =
        kernel.start(
            k -> {
              assertThat(started.producer().complete(started.producer().reserve(), 0, 0)).isZero();
              result.set(k.ringWait(ring, 0));
              assertThat(k.syscall(Nr.GETPPID, 0, 0, 0)).isEqualTo(-Errno.ESHUTDOWN);
            });
    kernel.run(k -> assertThat(k.ringWait(started, 0)).isZero());
    kernel.close();
    if (booter.hasOwnTime()) {
      assertThatThrownBy(task::join).isInstanceOf(ExecutionException.class);
      assertThat(result).hasValue(NOT_THERE);
    } else {
      task.join();
      assertThat(result).hasValue(-Errno.ESHUTDOWN);
    }
  }

  @Test
  void whoWaitsForACallThatIsCanceledGetsItsCompletion() throws Exception {
    needsHandOver();
    assumeFalse(booter.hasOwnTime(), "a wait that nothing can end throws");
    CompletionRing ring = ring();
    Kernel kernel = boot();
    kernel.run(k -> assertThat(pendingRead(k, ring, 0)).isEqualTo(PENDING));
    AtomicLong result = new AtomicLong(NOT_THERE);
    Thread waiter = waiting(() -> result.set(kernel.ringWait(ring, 0)));
    kernel.close();
    waiter.join();
    assertThat(result).hasValue(0);
    assertThat(ring.statusAt(0)).isEqualTo(-Errno.ECANCELED);
    assertThat(ring.head()).as("one completion").isEqualTo(1);
  }

  private static long pendingRead(Kernel kernel, CompletionRing ring, long ip) {
    Rig rig = new Rig(kernel);
    Params.put(rig.params.address(), ring.address(), 0);
    if (ip != 0) {
      Memory.putLong(rig.params.address() + Params.FRAME_IP, ip);
      Memory.putLong(rig.params.address() + Params.FRAME_SP, 9);
    }
    return rig.read(1);
  }

  @Test
  void theFrameOfACallThatIsCanceledIsNotEnteredAndGivesItsStackBack() throws Exception {
    needsHandOver();
    CompletionRing ring = ring();
    AtomicInteger entered = new AtomicInteger();
    Kernel kernel = boot();
    long ip = kernel.frame(sp -> entered.incrementAndGet());
    kernel.run(k -> assertThat(pendingRead(k, ring, ip)).isEqualTo(PENDING));
    assertThat(booter.framesInUse(kernel)).isEqualTo(1);
    kernel.close();
    assertThat(ring.head()).isEqualTo(1);
    assertThat(booter.framesInUse(kernel)).isZero();
    assertThat(entered).hasValue(0);
  }

  @Test
  void aTaskMayCloseItsKernelAndGoesOn() throws Exception {
    AtomicLong result = new AtomicLong(NOT_THERE);
    Kernel kernel = boot();
    Task task =
        kernel.start(
            k -> {
              k.close();
              k.close();
              result.set(k.syscall(Nr.GETPPID, 0, 0, 0));
              assertThatThrownBy(() -> k.start(other -> {}))
                  .isInstanceOf(IllegalStateException.class);
            });
    task.join();
    assertThat(result).hasValue(-Errno.ESHUTDOWN);
    kernel.close();
    kernel.close();
  }

  @Test
  void manyMayCloseAtOnceAndEachFindsItClosed() throws Exception {
    Kernel kernel = boot();
    kernel.run(k -> assertThat(new Rig(k).call(1, Nr.GETPPID, 0, 0, 0)).isNotNegative());
    CountDownLatch together = new CountDownLatch(1);
    Thread[] threads = new Thread[4];
    AtomicInteger closed = new AtomicInteger();
    for (int i = 0; i < threads.length; i++) {
      threads[i] =
          Thread.ofPlatform()
              .start(
                  () -> {
                    awaitIt(together);
                    kernel.close();
                    if (kernel.syscall(Nr.GETPPID, 0, 0, 0) == -Errno.ESHUTDOWN) {
                      closed.incrementAndGet();
                    }
                  });
    }
    together.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(closed).hasValue(threads.length);
  }

  private static void awaitIt(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Nothing is thrown, by calls and waits, and none hangs. */
  @Test
  void callsThatMeetTheEndAreMadeOrRefused() throws Exception {
    for (int round = 0; round < 10; round++) {
      Kernel kernel = boot();
      CompletionRing ring = ring();
      AtomicInteger other = new AtomicInteger();
      Thread[] threads = new Thread[3];
      for (int i = 0; i < threads.length; i++) {
        threads[i] = Thread.ofPlatform().start(() -> untilRefused(kernel, ring, other));
      }
      kernel.close();
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(other).as("refused in the end").hasValue(threads.length);
    }
  }

  private static void untilRefused(Kernel kernel, CompletionRing ring, AtomicInteger refused) {
    long result = 0;
    while (result >= 0 || MEETING_THE_END.contains(-result)) {
      result = kernel.syscall(Nr.GETPPID, 0, 0, 0);
      if (result >= 0) {
        result = kernel.ringWait(ring, 0, 1, 1000);
      }
    }
    if (result == -Errno.ESHUTDOWN) {
      refused.incrementAndGet();
    }
  }

  @Test
  void anInterruptDoesNotEndItEarlyAndStays() throws Exception {
    Program nothing = k -> {};
    Kernel kernel = boot();
    kernel.run(nothing);
    Thread.currentThread().interrupt();
    kernel.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(kernel.syscall(Nr.GETPPID, 0, 0, 0)).isEqualTo(-Errno.ESHUTDOWN);
  }
}
