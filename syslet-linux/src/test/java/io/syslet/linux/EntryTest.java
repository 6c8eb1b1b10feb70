package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Params;
import io.syslet.Registers;
import io.syslet.Sys;
import io.syslet.Syslet;
import io.syslet.ring.CompletionWord;
import io.syslet.ring.Memory;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the entry answers, refuses and passes on: spec of {@code sys_indirect}, on Linux. */
class EntryTest {
  private static final long PENDING = -Syslet.ESYSLETPENDING;

  @Test
  void unreadableMemoryIsEfault() throws Exception {
    Rig.run(
        kernel -> {
          Rig rig = new Rig(kernel);
          MemorySegment heap = MemorySegment.ofArray(new long[8]);
          assertThat(kernel.indirect(heap, rig.params, 0)).isEqualTo(-Errno.EFAULT);
          assertThat(kernel.indirect(rig.registers, heap.asSlice(0, 32), 0))
              .isEqualTo(-Errno.EFAULT);
          assertThat(kernel.indirect(rig.registers.asSlice(0, 48), rig.params, 0))
              .isEqualTo(-Errno.EFAULT);
          rig.feed(1);
          assertThat(rig.call(1, Nr.READ, rig.in, 8, 1)).isEqualTo(-Errno.EFAULT);
          Params.put(rig.params.address(), rig.buffer, 0);
          assertThat(rig.read(1)).as("no ring there").isEqualTo(-Errno.EFAULT);
        });
  }

  @Test
  void paramsTooLongAreEinvalAndShorterOnesAreZeroExtended() throws Exception {
    Rig.run(
        kernel -> {
          Rig rig = new Rig(kernel);
          MemorySegment longer = kernel.arena().allocate(Params.LENGTH + 8, 8);
          assertThat(kernel.indirect(rig.registers, longer, 0)).isEqualTo(-Errno.EINVAL);
          rig.feed(2);
          Registers.put(rig.registers.address(), Nr.READ, rig.in, rig.buffer, 1, 0, 0, 0);
          MemorySegment v7 = rig.params.asSlice(0, Params.SYSLET_ARGS_LENGTH);
          assertThat(kernel.indirect(rig.registers, v7, 0)).isEqualTo(1);
          assertThat(kernel.indirect(rig.registers, rig.params.asSlice(0, 0), 0))
              .as("no syslet args: made plainly")
              .isEqualTo(1);
        });
  }

  @Test
  void unknownFlagsAndCallsAreRefused() throws Exception {
    Rig.run(
        kernel -> {
          Rig rig = new Rig(kernel);
          assertThat(rig.call(1, 4, Nr.GETPPID, 0, 0, 0)).isEqualTo(-Errno.EINVAL);
          assertThat(rig.call(1, 500, 0, 0, 0)).isEqualTo(-Errno.ENOSYS);
          assertThat(rig.call(1, Nr.MUNMAP, rig.buffer, 4096, 0)).isEqualTo(-Errno.EINVAL);
          assertThat(kernel.syscall(Nr.MUNMAP, rig.buffer, 4096, 0)).isEqualTo(-Errno.EINVAL);
          assertThat(rig.call(1, Nr.GETPPID, 0, 0, 0))
              .isEqualTo(ProcessHandle.current().parent().orElseThrow().pid());
        });
  }

  @Test
  void aCompletionWordTakesTheRingsPlace() throws Exception {
    Rig.run(
        kernel -> {
          Rig rig = new Rig(kernel);
          CompletionWord word = CompletionWord.allocate(kernel.arena());
          Params.put(rig.params.address(), word.address(), 0);
          Memory.putInt(rig.params.address() + Params.TARGET, Syslet.TARGET_WORD);
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
    Rig.run(
        kernel -> {
          Rig rig = new Rig(kernel);
          Params.put(rig.params.address(), 0, 0);
          Memory.putInt(rig.params.address() + Params.TARGET, Syslet.TARGET_NONE);
          assertThat(rig.read(1)).isEqualTo(PENDING);
          rig.feed(1);
          while (kernel.stats().inFlight() > 0) {
            Thread.sleep(1);
          }
          assertThat(rig.ring.isEmpty()).isTrue();
        });
  }

  @Test
  void fileFlagsReachTheArgumentThatTakesThem() throws Exception {
    Rig.run(
        kernel -> {
          Rig rig = new Rig(kernel);
          Memory.putInt(rig.params.address() + Params.FILE_FLAGS, Sys.O_CLOEXEC);
          // Growing the table of descriptors waits for RCU, so this one may well block.
          long fd = rig.settled(rig.call(1, Nr.EVENTFD2, 0, 0, 0));
          assertThat(fd).isPositive();
          assertThat(kernel.syscall(Nr.FCNTL, fd, 1, 0)).as("F_GETFD").isEqualTo(1);
          assertThat(rig.call(1, Nr.GETPPID, 0, 0, 0)).isEqualTo(-Errno.EINVAL);
          kernel.syscall(Nr.CLOSE, fd, 0, 0);
        });
  }

  @Test
  void theNonBlockingFlagDoesNotBlock() throws Exception {
    Rig.run(
        kernel -> {
          Rig rig = new Rig(kernel);
          assertThat(rig.call(1, Syslet.NONBLOCK, Nr.READ, rig.in, rig.buffer, 1))
              .isEqualTo(-Errno.EAGAIN);
          rig.feed(1);
          assertThat(rig.call(1, Syslet.NONBLOCK, Nr.READ, rig.in, rig.buffer, 1)).isEqualTo(1);
          assertThat(rig.call(1, Syslet.NONBLOCK, Nr.FSYNC, rig.in, 0, 0))
              .isEqualTo(-Errno.EOPNOTSUPP);
        });
  }

  @Test
  void aFrameIsEnteredAsANewTaskAfterTheCompletion() throws Exception {
    Rig.run(
        kernel -> {
          Rig rig = new Rig(kernel);
          SynchronousQueue<Object[]> entered = new SynchronousQueue<>();
          ThreadLocal<String> local = new ThreadLocal<>();
          local.set("mine");
          long ip = kernel.frame(sp -> offer(entered, sp, rig.ring.head(), local.get()));
          frame(rig, ip, 0);
          assertThat(rig.read(1)).as("sp of 0").isEqualTo(-Errno.EINVAL);
          frame(rig, 0, 9);
          assertThat(rig.read(1)).as("ip of 0").isEqualTo(-Errno.EINVAL);
          frame(rig, ip, 9);
          int head = rig.ring.head();
          assertThat(rig.read(1)).isEqualTo(PENDING);
          assertThat(rig.read(2)).as("the stack is in use").isEqualTo(-Errno.EINVAL);
          rig.feed(1);
          assertThat(entered.poll(20, TimeUnit.SECONDS)).containsExactly(9L, head + 1, "none");
          frame(rig, ip, 10);
          rig.feed(1);
          assertThat(rig.read(3)).as("did not block: no frame").isEqualTo(1);
          assertThat(entered.poll(20, TimeUnit.MILLISECONDS)).isNull();
        });
  }

  private static void offer(
      SynchronousQueue<Object[]> queue,
      long sp,
      int head,
      @org.jspecify.annotations.Nullable String local) {
    try {
      queue.put(new Object[] {sp, head, local == null ? "none" : local});
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void frame(Rig rig, long ip, long sp) {
    Memory.putLong(rig.params.address() + Params.FRAME_IP, ip);
    Memory.putLong(rig.params.address() + Params.FRAME_SP, sp);
  }
}
