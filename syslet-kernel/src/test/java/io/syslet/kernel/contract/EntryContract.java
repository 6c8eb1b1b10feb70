package io.syslet.kernel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Params;
import io.syslet.Registers;
import io.syslet.Sys;
import io.syslet.Syslet;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.CompletionWord;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

/** What the entry answers, refuses and passes on: {@code sys_indirect}. */
public abstract class EntryContract extends KernelContract {
  /** Of the kernels that the booter makes. */
  protected EntryContract(Booter booter) {
    super(booter);
  }

  @Test
  void unreadableMemoryIsEfault() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          MemorySegment heap = MemorySegment.ofArray(new long[8]);
          assertThat(kernel.indirect(heap, rig.params, 0)).isEqualTo(-Errno.EFAULT);
          assertThat(kernel.indirect(rig.registers, heap.asSlice(0, 32), 0))
              .isEqualTo(-Errno.EFAULT);
          assertThat(kernel.indirect(rig.registers.asSlice(0, 48), rig.params, 0))
              .isEqualTo(-Errno.EFAULT);
          rig.feed(1);
          assertThat(rig.settled(rig.call(1, Nr.READ, rig.in, 8, 1))).isEqualTo(-Errno.EFAULT);
          Params.put(rig.params.address(), rig.buffer, 0);
          assertThat(rig.read(1)).as("no ring there").isEqualTo(-Errno.EFAULT);
        });
  }

  @Test
  void paramsTooLongAreEinvalAndShorterOnesAreZeroExtended() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          MemorySegment longer = kernel.arena().allocate(Params.TIMED_LENGTH + 8, 8);
          assertThat(kernel.indirect(rig.registers, longer, 0)).isEqualTo(-Errno.EINVAL);
          rig.feed(2);
          Registers.put(rig.registers.address(), Nr.READ, rig.in, rig.buffer, 1, 0, 0, 0);
          MemorySegment v7 = rig.params.asSlice(0, Params.SYSLET_ARGS_LENGTH);
          assertThat(rig.settled(kernel.indirect(rig.registers, v7, 0))).isEqualTo(1);
          assertThat(kernel.indirect(rig.registers, rig.params.asSlice(0, 0), 0))
              .as("no syslet args: made plainly")
              .isEqualTo(1);
        });
  }

  @Test
  void paramsOfACallThatFailedAreNotThoseOfTheNext() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          rig.feed(1);
          Memory.putLong(rig.params.address() + Params.FRAME_IP, 1234);
          Memory.putLong(rig.params.address() + Params.FRAME_SP, 1);
          assertThat(rig.read(1)).as("no such frame").isEqualTo(-Errno.EINVAL);
          Params.put(rig.params.address(), rig.ring.address(), 0);
          assertThat(rig.settled(rig.read(2))).isEqualTo(1);
        });
  }

  @Test
  void unknownFlagsAndCallsAreRefused() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          assertThat(rig.call(1, 4, Nr.GETPPID, 0, 0, 0)).isEqualTo(-Errno.EINVAL);
          assertThat(rig.settled(rig.call(1, 500, 0, 0, 0))).isEqualTo(-Errno.ENOSYS);
          assertThat(rig.call(1, Nr.MUNMAP, rig.buffer, 4096, 0)).isEqualTo(-Errno.EINVAL);
          assertThat(kernel.syscall(Nr.MUNMAP, rig.buffer, 4096, 0)).isEqualTo(-Errno.EINVAL);
          assertThat(rig.call(1, Nr.GETPPID, 0, 0, 0))
              .isEqualTo(kernel.syscall(Nr.GETPPID, 0, 0, 0));
        });
  }

  @Test
  void anUnknownTargetIsRefused() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          Memory.putInt(rig.params.address() + Params.TARGET, 3);
          assertThat(rig.read(1)).isEqualTo(-Errno.EINVAL);
          Memory.putInt(rig.params.address() + Params.TARGET, Syslet.TARGET_WORD);
          Memory.putLong(rig.params.address() + Params.COMPLETION_RING_PTR, 0);
          assertThat(rig.read(1)).as("no word").isEqualTo(-Errno.EFAULT);
          Memory.putLong(rig.params.address() + Params.COMPLETION_RING_PTR, rig.buffer + 4);
          assertThat(rig.read(1)).as("a word that is not aligned").isEqualTo(-Errno.EINVAL);
        });
  }

  @Test
  void aCompletionWordTakesTheRingsPlace() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          CompletionWord word = CompletionWord.allocate(kernel.arena());
          rig.completeTo(word);
          assertThat(rig.read(1)).isEqualTo(PENDING);
          assertThat(word.isDone()).isFalse();
          assertThat(kernel.wordWait(word, 1_000_000)).isEqualTo(-Errno.ETIME);
          rig.feed(1);
          assertThat(kernel.wordWait(word, Long.MAX_VALUE)).isZero();
          assertThat(word.status()).isEqualTo(1);
          assertThat(rig.ring.isEmpty()).isTrue();
        });
  }

  @Test
  void nobodyIsToldWithoutATarget() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          Params.put(rig.params.address(), 0, 0);
          Memory.putInt(rig.params.address() + Params.TARGET, Syslet.TARGET_NONE);
          assertThat(rig.read(1)).isEqualTo(PENDING);
          rig.feed(1);
          while (kernel.stats().inFlight() > 0) {
            rig.nap(1000);
          }
          assertThat(rig.ring.isEmpty()).isTrue();
        });
  }

  @Test
  void fileFlagsReachTheArgumentThatTakesThem() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          Memory.putInt(rig.params.address() + Params.FILE_FLAGS, Sys.O_CLOEXEC);
          long fd = rig.settled(rig.call(1, Nr.EVENTFD2, 0, 0, 0));
          assertThat(fd).isPositive();
          assertThat(kernel.syscall(Nr.FCNTL, fd, Sys.F_GETFD, 0)).isEqualTo(1);
          assertThat(rig.call(1, Nr.GETPPID, 0, 0, 0)).isEqualTo(-Errno.EINVAL);
          kernel.syscall(Nr.CLOSE, fd, 0, 0);
        });
  }

  @Test
  void theNonBlockingFlagDoesNotBlock() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          assertThat(rig.call(1, Syslet.NONBLOCK, Nr.READ, rig.in, rig.buffer, 1))
              .isEqualTo(-Errno.EAGAIN);
          rig.feed(1);
          assertThat(rig.call(1, Syslet.NONBLOCK, Nr.READ, rig.in, rig.buffer, 1)).isEqualTo(1);
          assertThat(rig.ring.isEmpty()).isTrue();
          assertThat(kernel.stats().pending()).isZero();
        });
  }

  @Test
  void theAtomicFlagIsNoObstacleWhereASpareWorkerWaits() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          assertThat(rig.read(1)).isEqualTo(PENDING);
          rig.feed(1);
          assertThat(rig.await()).isEqualTo(1);
          assertThat(rig.consume()).isEqualTo(1);
          long result = -Errno.EAGAIN;
          while (result == -Errno.EAGAIN) {
            rig.nap(1000);
            result = rig.call(1, Syslet.ATOMIC, Nr.READ, rig.in, rig.buffer, 1);
          }
          assertThat(result).isEqualTo(PENDING);
          rig.feed(1);
          assertThat(rig.await()).isEqualTo(1);
        });
  }

  @Test
  void gettidIsTheTasksAndStaysTheSameWhateverBlocks() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          long id = kernel.syscall(Nr.GETTID, 0, 0, 0);
          assertThat(rig.read(1)).isEqualTo(PENDING);
          assertThat(kernel.syscall(Nr.GETTID, 0, 0, 0)).isEqualTo(id).isPositive();
          assertThat(rig.call(2, Nr.GETTID, 0, 0, 0)).isEqualTo(id);
          rig.feed(1);
          assertThat(rig.await()).isEqualTo(1);
        });
  }

  @Test
  @SuppressWarnings("try") // closed in the middle
  void afterTheEndEverythingIsEshutdown() throws Exception {
    try (var kernel = boot()) {
      kernel.close();
      assertThat(kernel.syscall(Nr.GETPPID, 0, 0, 0)).isEqualTo(-Errno.ESHUTDOWN);
      MemorySegment none = MemorySegment.NULL;
      assertThat(kernel.indirect(none, none, 0)).isEqualTo(-Errno.ESHUTDOWN);
    }
  }

  @Test
  void aWordThatCannotBeWrittenIsEfault() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          for (long nowhere : new long[] {8, 0x123456789000L}) {
            rig.completeToWord(nowhere);
            assertThat(rig.read(1)).as("word at %x", nowhere).isEqualTo(-Errno.EFAULT);
          }
        });
  }

  @Test
  void aWordThatWasFreedWhileACallIsPendingIsLeftAlone() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          Arena own = Arena.ofShared();
          Rig rig = new Rig(kernel);
          // As large as this, it is mapped alone, and gone when it is freed.
          MemorySegment pages = own.allocate(64 << 20, 4096);
          CompletionWord word = CompletionWord.wrap(pages.asSlice(4096, CompletionWord.LENGTH));
          rig.completeTo(word);
          assertThat(rig.read(1)).isEqualTo(PENDING);
          own.close();
          rig.feed(1);
          while (kernel.stats().inFlight() > 0) {
            Thread.sleep(1);
          }
          assertThat(kernel.wordWait(word, 1_000_000)).isEqualTo(-Errno.EFAULT);
        });
  }

  @Test
  void aRingThatWasFreedWhileACallIsPendingIsLeftAlone() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          Arena own = Arena.ofShared();
          Rig rig = new Rig(kernel);
          CompletionRing ring = CompletionRing.allocate(own, 1 << 16, 0);
          CallSlots slots = CallSlots.allocate(kernel.arena(), 1, ring);
          slots.set(0, 1, Nr.READ, rig.in, rig.buffer, 1, 0, 0, 0);
          assertThat(kernel.indirect(slots, 0, 1, 0)).isEqualTo(1);
          assertThat(slots.status(0)).isEqualTo(-Syslet.ESYSLETPENDING);
          own.close();
          rig.feed(1);
          while (kernel.stats().inFlight() > 0) {
            Thread.sleep(1);
          }
          assertThat(kernel.indirect(slots, 0, 1, 0)).isEqualTo(-Errno.EFAULT);
        });
  }

  @Test
  void whatWasFreedIsEfault() throws Exception {
    run(
        kernel -> {
          Arena own = Arena.ofShared();
          CompletionRing ring = CompletionRing.allocate(own, 8, 0);
          CompletionWord word = CompletionWord.allocate(own);
          CallSlots slots = CallSlots.allocate(own, 4, ring);
          own.close();
          assertThat(kernel.indirect(slots, 0, 1, 0)).isEqualTo(-Errno.EFAULT);
          assertThat(kernel.ringWait(ring, 0, 1, 1000)).isEqualTo(-Errno.EFAULT);
          assertThat(kernel.wordWait(word, 1000)).isEqualTo(-Errno.EFAULT);
          assertThat(ring.drain((status, data) -> {}, 8)).isEqualTo(-Errno.EFAULT);
        });
  }
}
