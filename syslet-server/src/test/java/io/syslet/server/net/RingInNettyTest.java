package io.syslet.server.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.Syslet;
import io.syslet.kernel.contract.Rig;
import io.syslet.linux.LinuxKernel;
import io.syslet.ring.CompletionRing;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The eventfd of a ring in an event loop of Netty's: completions are told in its thread. */
class RingInNettyTest {
  private static final int MANY = 500;

  @Test
  void anEventLoopIsToldOfCompletions() throws Exception {
    assumeTrue(Epoll.isAvailable(), "Netty has no epoll here");
    MultiThreadIoEventLoopGroup group =
        new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    try (LinuxKernel kernel = LinuxKernel.boot()) {
      CompletionRing ring = CompletionRing.allocate(kernel.arena(), 1024, 1);
      Watched watched = new Watched(kernel, ring);
      IoEventLoop loop = group.next();
      IoRegistration registration = loop.register(watched).sync().getNow();
      assertThat(registration.submit(EpollIoOps.EPOLLIN)).isNotEqualTo(-1);
      kernel.run(k -> reads(k, ring));
      assertThat(watched.all.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(watched.sum).hasValue(MANY * (MANY - 1L) / 2);
      assertThat(loop.submit(registration::cancel).sync().getNow()).isTrue();
    } finally {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
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

  /** What the loop watches; all but the constructor in its thread. */
  private static final class Watched implements EpollIoHandle {
    final CountDownLatch all = new CountDownLatch(MANY);
    final AtomicLong sum = new AtomicLong();
    private final Kernel kernel;
    private final CompletionRing ring;
    private final FileDescriptor fd;
    private final long count;

    Watched(Kernel kernel, CompletionRing ring) {
      this.kernel = kernel;
      this.ring = ring;
      this.count = kernel.arena().allocate(8, 8).address();
      int eventfd = (int) kernel.syscall(Nr.EVENTFD2, 0, Sys.O_NONBLOCK | Sys.O_CLOEXEC, 0);
      this.fd = new FileDescriptor(eventfd);
      assertThat(ring.attachEventFd(eventfd)).isZero();
    }

    @Override
    public FileDescriptor fd() {
      return fd;
    }

    @Override
    public void handle(IoRegistration registration, IoEvent event) {
      assertThat(kernel.syscall(Nr.READ, fd.intValue(), count, 8)).isEqualTo(8);
      for (; !ring.isEmpty(); all.countDown()) {
        sum.addAndGet(ring.callerDataAt(ring.tail()));
        ring.advanceTo(ring.tail() + 1);
      }
      assertThat(registration.submit(EpollIoOps.EPOLLIN)).isNotEqualTo(-1);
    }

    @Override
    public void close() {
      ring.detachEventFd();
    }
  }
}
