package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Params;
import io.syslet.Registers;
import io.syslet.Syslet;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.Memory;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

/** A call that blocks is handed over, and one that does not is not: pipes, on the real kernel. */
class HandOverTest {
  @Test
  void aReadFromAnEmptyPipeIsPendingAndItsCompletionComes() throws Exception {
    try (LinuxKernel kernel = LinuxKernel.boot(LinuxOptions.defaults())) {
      kernel.run(HandOverTest::readEmptyPipe);
      assertThat(kernel.stats().pending()).isEqualTo(1);
      assertThat(kernel.stats().inFlight()).isZero();
    }
  }

  private static void readEmptyPipe(Kernel kernel) {
    CompletionRing ring = CompletionRing.allocate(kernel.arena(), 8, 1);
    MemorySegment registers = kernel.arena().allocate(Registers.LENGTH, 8);
    MemorySegment params = kernel.arena().allocate(Params.LENGTH, 8);
    MemorySegment buffer = kernel.arena().allocate(16, 8);
    long fds = kernel.arena().allocate(8, 8).address();
    assertThat(kernel.syscall(Nr.PIPE2, fds, 0, 0)).isZero();
    int in = Memory.getInt(fds);
    int out = Memory.getInt(fds + 4);
    Thread before = Thread.currentThread();

    Registers.put(registers.address(), Nr.READ, in, buffer.address(), 16, 0, 0, 0);
    Params.put(params.address(), ring.address(), 77);
    assertThat(kernel.indirect(registers, params, 0)).isEqualTo(-Syslet.ESYSLETPENDING);
    assertThat(Thread.currentThread()).isSameAs(before);
    assertThat(ring.isEmpty()).isTrue();

    assertThat(kernel.syscall(Nr.WRITE, out, buffer.address(), 5)).isEqualTo(5);
    assertThat(kernel.ringWait(ring, ring.tail())).isZero();
    assertThat(ring.statusAt(ring.tail())).isEqualTo(5);
    assertThat(ring.callerDataAt(ring.tail())).isEqualTo(77);
    ring.advanceTo(ring.tail() + 1);

    assertThat(kernel.syscall(Nr.WRITE, out, buffer.address(), 7)).isEqualTo(7);
    assertThat(kernel.indirect(registers, params, 0)).isEqualTo(7);
    assertThat(ring.isEmpty()).isTrue();

    Registers.put(registers.address(), 511, 0, 0, 0, 0, 0, 0);
    assertThat(kernel.indirect(registers, params, 0)).isEqualTo(-Errno.ENOSYS);
    kernel.syscall(Nr.CLOSE, in, 0, 0);
    kernel.syscall(Nr.CLOSE, out, 0, 0);
  }
}
