package io.syslet.kernel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Params;
import io.syslet.Task;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.Memory;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The user function that a worker enters after the completion. */
public abstract class FrameContract extends KernelContract {
  /** Of the kernels that the booter makes. */
  protected FrameContract(Booter booter) {
    super(booter);
  }

  /** What a frame found when it was entered. */
  private record Entered(long sp, int head, String local, boolean ofItsOwn) {}

  @Test
  void aFrameIsEnteredAsANewTaskAfterTheCompletion() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          CompletionRing left = CompletionRing.allocate(kernel.arena(), 4, 2);
          AtomicReference<Entered> entered = new AtomicReference<>();
          ThreadLocal<String> local = ThreadLocal.withInitial(() -> "none");
          local.set("mine");
          Thread submitter = Thread.currentThread();
          long ip =
              kernel.frame(
                  sp -> {
                    boolean other = Thread.currentThread() != submitter;
                    entered.set(new Entered(sp, rig.ring.head(), local.get(), other));
                    tell(left, sp);
                  });
          frame(rig, ip, 9);
          int head = rig.ring.head();
          assertThat(rig.read(1)).isEqualTo(PENDING);
          rig.feed(1);
          assertThat(kernel.ringWait(left, left.tail())).isZero();
          assertThat(entered.get()).isEqualTo(new Entered(9, head + 1, "none", true));
        });
  }

  @Test
  void aFrameWithoutOneOfIpAndSpIsEinval() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          long ip = kernel.frame(sp -> {});
          frame(rig, ip, 0);
          assertThat(rig.read(1)).as("sp of 0").isEqualTo(-Errno.EINVAL);
          frame(rig, 0, 9);
          assertThat(rig.read(1)).as("ip of 0").isEqualTo(-Errno.EINVAL);
          frame(rig, ip + 1, 9);
          assertThat(rig.read(1)).as("no such frame").isEqualTo(-Errno.EINVAL);
          assertThat(rig.ring.isEmpty()).isTrue();
        });
  }

  /** fio's bug: worker stack freed too early. */
  @Test
  void theStackIsTheCallsUntilItsFunctionHasReturned() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          Rig gate = new Rig(kernel);
          long ip = kernel.frame(sp -> gate.take(1));
          frame(rig, ip, 9);
          assertThat(rig.read(1)).isEqualTo(PENDING);
          assertThat(rig.read(2)).as("the call is under way").isEqualTo(-Errno.EINVAL);
          rig.feed(1);
          assertThat(rig.await()).isEqualTo(1);
          assertThat(rig.consume()).isEqualTo(1);
          assertThat(rig.read(3)).as("its function is").isEqualTo(-Errno.EINVAL);
          gate.feed(1);
          long result = -Errno.EINVAL;
          while (result == -Errno.EINVAL) {
            rig.nap(1000);
            result = rig.read(4);
          }
          assertThat(result).isEqualTo(PENDING);
          rig.feed(1);
          gate.feed(1);
          assertThat(rig.await()).isEqualTo(1);
        });
  }

  @Test
  void aFrameMayMakeCallsThatBlock() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          CompletionRing left = CompletionRing.allocate(kernel.arena(), 4, 2);
          long ip =
              kernel.frame(
                  sp -> {
                    Rig own = new Rig(kernel);
                    long result = own.read(1);
                    own.feed(1);
                    tell(left, own.settled(result) + sp);
                  });
          frame(rig, ip, 10);
          assertThat(rig.read(1)).isEqualTo(PENDING);
          rig.feed(1);
          assertThat(kernel.ringWait(left, left.tail())).isZero();
          assertThat(left.callerDataAt(left.tail())).isEqualTo(11);
        });
  }

  /** Another task has it by then. */
  @Test
  void aStackThatACallGaveBackIsNotGivenBackByTheNext() throws Exception {
    needsHandOver();
    try (Kernel booted = boot()) {
      booted.run(
          kernel -> {
            Rig mine = new Rig(kernel);
            Rig others = new Rig(kernel);
            CompletionRing left = CompletionRing.allocate(kernel.arena(), 4, 2);
            long ip = kernel.frame(sp -> {});
            frame(mine, ip, 77);
            mine.feed(1);
            assertThat(mine.settled(mine.read(1))).isEqualTo(1);
            while (booter.framesInUse(booted) > 0) {
              mine.nap(1000);
            }
            Task _ =
                kernel.start(
                    k -> {
                      frame(others, ip, 77);
                      assertThat(others.read(2)).isEqualTo(PENDING);
                      tell(left, 2);
                    });
            assertThat(kernel.ringWait(left, left.tail())).isZero();
            frame(mine, 0, 0);
            Params.put(mine.params.address(), 0, 0);
            assertThat(mine.call(3, Nr.GETTID, 0, 0, 0)).isPositive();
            assertThat(booter.framesInUse(booted)).isEqualTo(1);
            others.feed(1);
            assertThat(others.await()).isEqualTo(1);
          });
    }
  }

  private static void tell(CompletionRing ring, long callerData) {
    int entry = ring.producer().reserve();
    assertThat(ring.producer().complete(entry, 0, callerData)).isZero();
  }

  private static void frame(Rig rig, long ip, long sp) {
    Memory.putLong(rig.params.address() + Params.FRAME_IP, ip);
    Memory.putLong(rig.params.address() + Params.FRAME_SP, sp);
  }
}
