package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.CallSlots;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.Syslet;
import io.syslet.ring.CompletionRing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A detector that claims whatever call it sees, asleep or not, at any instruction of it: each call
 * is still made once, with its own arguments, and has one result, in its slot or in the ring.
 *
 * <pre>
 *   carrier: reads the slot | publishes seq | call | CAS
 *   claimer:                     ^ here     ^ here ^ or here
 *   user:    refills the slot as soon as it is told that the call is pending
 * </pre>
 */
class FalseHandOverTest {
  private static final int ROUNDS = 20_000;
  private static final int MOST_ROUNDS = 5_000_000;
  private static final int BATCH = 16;
  private static final long ENOUGH = 200;

  @Test
  void aCallClaimedAtAnyMomentIsMadeOnceWithItsOwnArguments(@TempDir Path work) throws Exception {
    Path file = Files.createFile(work.resolve("file"));
    try (LinuxKernel kernel = LinuxKernel.boot(Linux.options().sentinel(false))) {
      Claimer claimer = new Claimer(kernel);
      claimer.start();
      AtomicLong made = new AtomicLong();
      kernel.run(k -> made.set(seek(k, file)));
      claimer.stop();
      assertThat(kernel.stats().pending()).as("calls claimed").isGreaterThan(ENOUGH);
      assertThat(kernel.stats().calls()).isEqualTo(made.get());
    }
  }

  /**
   * lseek to n returns n, so a call that has mixed up its arguments shows. Goes on until enough
   * calls were claimed, however seldom the claimer gets to run; returns how many calls there were.
   */
  private static long seek(Kernel kernel, Path file) {
    CompletionRing ring = CompletionRing.allocate(kernel.arena(), 1024, 1);
    CallSlots slots = CallSlots.allocate(kernel.arena(), BATCH, ring);
    long path = io.syslet.CString.allocate(kernel.arena(), file.toString());
    long fd = Sys.openat(kernel, Sys.AT_FDCWD, path, Sys.O_RDONLY, 0);
    long ended = 0;
    long round = 0;
    for (; round < MOST_ROUNDS && !isEnough(kernel, round); round++) {
      for (int done = 0; done < BATCH; ) {
        for (int i = done; i < BATCH; i++) {
          long n = round * BATCH + i;
          slots.set(i, n, Nr.LSEEK, fd, n, 0, 0, 0, 0);
        }
        int accepted = kernel.indirect(slots, done, BATCH - done, 0);
        assertThat(accepted).isPositive();
        for (int i = done; i < done + accepted; i++) {
          ended += check(slots.callerData(i), slots.status(i));
        }
        done += accepted;
        ended += drain(ring);
      }
    }
    while (ended < round * BATCH) {
      assertThat(kernel.ringWait(ring, ring.tail())).isZero();
      ended += drain(ring);
    }
    assertThat(ring.isEmpty()).isTrue();
    return ended;
  }

  private static boolean isEnough(Kernel kernel, long round) {
    return round >= ROUNDS && round % 1024 == 0 && kernel.stats().pending() > ENOUGH;
  }

  private static long drain(CompletionRing ring) {
    long ended = 0;
    while (!ring.isEmpty()) {
      int tail = ring.tail();
      ended += check(ring.callerDataAt(tail), ring.statusAt(tail));
      ring.advanceTo(tail + 1);
    }
    return ended;
  }

  private static int check(long callerData, long status) {
    if (status == -Syslet.ESYSLETPENDING) {
      return 0;
    }
    if (status != callerData) {
      throw new AssertionError("call " + callerData + " returned " + status);
    }
    return 1;
  }
}
