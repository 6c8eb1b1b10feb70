package io.syslet.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.CString;
import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.ring.HostCalls;
import io.syslet.ring.Memory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Descriptors that clients pass, honest ones. */
class PassedDescriptorsTest extends OnPassing {
  @Test
  void aFileFromOutsideTheRootIsReadAndWritten() throws IOException {
    try (RemoteKernel kernel = served.connect("unix")) {
      long buffer = kernel.arena().allocate(64).address();
      long fd = pass(kernel, open(outside, Sys.O_RDWR));
      assertThat(fd).isEqualTo(3);
      assertThat(kernel.syscall(Nr.PREAD64, fd, buffer, 64, 0, 0, 0)).isEqualTo(7);
      assertThat(new String(CString.bytes(buffer, 7), java.nio.charset.StandardCharsets.UTF_8))
          .isEqualTo("content");
      assertThat(kernel.syscall(Nr.PWRITE64, fd, buffer, 3, 7, 0, 0)).isEqualTo(3);
      assertThat(outside).hasContent("contentcon");
      assertThat(kernel.syscall(Nr.CLOSE, fd, 0, 0)).isZero();
    }
  }

  @Test
  void theAccessModeIsTheClients() throws IOException {
    try (RemoteKernel kernel = served.connect("unix")) {
      long buffer = kernel.arena().allocate(64).address();
      long in = pass(kernel, open(outside, Sys.O_RDONLY));
      assertThat(kernel.syscall(Nr.WRITE, in, buffer, 1)).isEqualTo(-Errno.EBADF);
      long out = pass(kernel, open(outside, Sys.O_WRONLY));
      assertThat(kernel.syscall(Nr.READ, out, buffer, 1)).isEqualTo(-Errno.EBADF);
      assertThat(kernel.syscall(Nr.FCNTL, out, Sys.F_GETFL, 0) & 3).isEqualTo(Sys.O_WRONLY);
    }
  }

  /** Both ends stay blocking for the client, and a reader that waits does not hold the session. */
  @Test
  void aBlockingPipeWaitsAsAnyOther() throws Exception {
    int[] pipe = pipe();
    try (RemoteKernel kernel = served.connect("unix")) {
      long buffer = kernel.arena().allocate(64).address();
      long in = kernel.pass(pipe[0]);
      long out = kernel.pass(pipe[1]);
      CompletableFuture<Long> read =
          CompletableFuture.supplyAsync(
              () -> kernel.syscall(Nr.READ, in, buffer, 8),
              task -> Thread.ofPlatform().start(task));
      Thread.sleep(20);
      assertThat(read).isNotDone();
      assertThat(kernel.syscall(Nr.WRITE, out, kernel.arena().allocate(8).address(), 5))
          .isEqualTo(5);
      assertThat(read.get()).isEqualTo(5);
      assertThat(HostCalls.call(Nr.FCNTL, pipe[0], Sys.F_GETFL, 0, 0, 0, 0)).isZero();
    } finally {
      close(pipe[0]);
      close(pipe[1]);
    }
  }

  @Test
  void whatHasNoNonBlockingFormIsCalledOnceItIsReady() throws Exception {
    try (RemoteKernel kernel = served.connect("unix")) {
      long buffer = kernel.arena().allocate(8, 8).address();
      int timer = host(283, 1, 0, 0, 0);
      Memory.putLong(memory, 0);
      Memory.putLong(memory + 8, 0);
      Memory.putLong(memory + 16, 0);
      Memory.putLong(memory + 24, 20_000_000);
      host(286, timer, 0, memory, 0);
      long fd = pass(kernel, timer);
      assertThat(fd).isPositive();
      assertThat(kernel.syscall(Nr.READ, fd, buffer, 8)).isEqualTo(8);
      assertThat(Memory.getLong(buffer)).isEqualTo(1);
      long zero = pass(kernel, open(Path.of("/dev/zero"), Sys.O_RDONLY));
      Memory.putLong(buffer, 1);
      assertThat(kernel.syscall(Nr.READ, zero, buffer, 8)).isEqualTo(8);
      assertThat(Memory.getLong(buffer)).isZero();
    }
  }

  @Test
  void whatWasPassedIsClosedWithTheSession() throws Exception {
    long before = openDescriptors();
    try (RemoteKernel kernel = served.connect("unix")) {
      for (int i = 0; i < 10; i++) {
        assertThat(pass(kernel, open(outside, Sys.O_RDONLY))).isPositive();
      }
      assertThat(kernel.syscall(Nr.DUP, 3, 0, 0)).isPositive();
    }
    while (openDescriptors() > before) {
      Thread.onSpinWait();
    }
  }
}
