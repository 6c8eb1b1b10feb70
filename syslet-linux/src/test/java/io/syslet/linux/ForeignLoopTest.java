package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Arch;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.Syslet;
import io.syslet.kernel.contract.Rig;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;

/** The eventfd of a ring in the epoll loop of a thread that the kernel does not know. */
class ForeignLoopTest {
  private static final int MANY = 500;
  private static final int EPOLLIN = 1;
  private static final int EPOLL_CTL_ADD = 1;
  private static final int DATA = Arch.pick(4, 8);
  private static final int RING = 7;

  @Test
  void aForeignEpollLoopIsToldOfCompletions() throws Exception {
    try (LinuxKernel kernel = LinuxKernel.boot();
        Arena arena = Arena.ofShared()) {
      CompletionRing ring = CompletionRing.allocate(kernel.arena(), 1024, 1);
      long eventfd = kernel.syscall(Nr.EVENTFD2, 0, Sys.O_NONBLOCK | Sys.O_CLOEXEC, 0);
      assertThat(ring.attachEventFd((int) eventfd)).isZero();
      long[] sum = new long[1];
      Thread loop = Thread.ofPlatform().start(() -> sum[0] = loop(kernel, arena, ring, eventfd));
      kernel.run(k -> reads(k, ring));
      loop.join();
      assertThat(sum[0]).isEqualTo(MANY * (MANY - 1L) / 2);
      assertThat(ring.isEmpty()).isTrue();
      assertThat(ring.detachEventFd()).isZero();
    }
  }

  private static void reads(Kernel kernel, CompletionRing ring) {
    Rig rig = new Rig(kernel, ring);
    for (int i = 0; i < MANY; i++) {
      assertThat(rig.read(i)).isEqualTo(-Syslet.ESYSLETPENDING);
    }
    for (int i = 0; i < MANY; i++) {
      rig.feed(1);
    }
  }

  /** Waits in epoll alone until all have ended: the sum of their caller data. */
  private static long loop(Kernel kernel, Arena arena, CompletionRing ring, long eventfd) {
    long event = arena.allocate(16, 8).address();
    long count = arena.allocate(8, 8).address();
    long epoll = kernel.syscall(Nr.EPOLL_CREATE1, Sys.O_CLOEXEC, 0, 0);
    Memory.putInt(event, EPOLLIN);
    Memory.putInt(event + DATA, RING);
    assertThat(kernel.syscall(Nr.EPOLL_CTL, epoll, EPOLL_CTL_ADD, eventfd, event, 0, 0)).isZero();
    long sum = 0;
    for (int ended = 0; ended < MANY; ) {
      assertThat(kernel.syscall(Nr.EPOLL_PWAIT, epoll, event, 1, -1, 0, 8)).isEqualTo(1);
      assertThat(Memory.getInt(event + DATA)).isEqualTo(RING);
      assertThat(kernel.syscall(Nr.READ, eventfd, count, 8)).isEqualTo(8);
      for (; !ring.isEmpty(); ended++) {
        assertThat(ring.statusAt(ring.tail())).isEqualTo(1);
        sum += ring.callerDataAt(ring.tail());
        ring.advanceTo(ring.tail() + 1);
      }
    }
    assertThat(kernel.syscall(Nr.CLOSE, epoll, 0, 0)).isZero();
    return sum;
  }
}
