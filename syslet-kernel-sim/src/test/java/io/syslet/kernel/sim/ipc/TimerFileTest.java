package io.syslet.kernel.sim.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.Syslet;
import io.syslet.kernel.contract.Rig;
import io.syslet.ring.Memory;
import org.junit.jupiter.api.Test;

/** Waiting in the simulated machine for timers. */
class TimerFileTest extends OnSimKernel {
  @Test
  void aTimerCountsWhatWasNotRead() throws Exception {
    run(
        k -> {
          Rig rig = new Rig(k);
          int timer = (int) k.syscall(Nr.TIMERFD_CREATE, 1, 0, 0);
          long setting = memory(32);
          Timespec.write(setting, 2 * MILLI);
          Timespec.write(setting + 16, MILLI);
          assertThat(k.syscall(Nr.TIMERFD_SETTIME, timer, 0, setting, 0, 0, 0)).isZero();
          assertThat(k.syscall(Nr.READ, timer, rig.buffer, 8)).isEqualTo(8);
          assertThat(Memory.getLong(rig.buffer)).isEqualTo(1);
          rig.nap(5000);
          assertThat(k.syscall(Nr.READ, timer, rig.buffer, 8)).isEqualTo(8);
          assertThat(Memory.getLong(rig.buffer)).isEqualTo(2);
          assertThat(rig.call(6, Nr.READ, timer, rig.buffer, 8)).isEqualTo(-Syslet.ESYSLETPENDING);
          assertThat(rig.await()).isEqualTo(8);
        });
  }

  @Test
  void aTimerIsDisarmedAndTellsWhatIsLeft() throws Exception {
    run(
        k -> {
          Rig rig = new Rig(k);
          int timer = (int) k.syscall(Nr.TIMERFD_CREATE, 1, Sys.O_NONBLOCK, 0);
          long setting = memory(32);
          Timespec.write(setting + 16, 50 * MILLI);
          k.syscall(Nr.TIMERFD_SETTIME, timer, 0, setting, 0, 0, 0);
          long left = memory(32);
          assertThat(k.syscall(Nr.TIMERFD_GETTIME, timer, left, 0)).isZero();
          assertThat(Timespec.read(left + 16)).isBetween(49 * MILLI, 50 * MILLI);
          Timespec.write(setting + 16, 0);
          assertThat(k.syscall(Nr.TIMERFD_SETTIME, timer, 0, setting, left, 0, 0)).isZero();
          rig.nap(60_000);
          assertThat(k.syscall(Nr.READ, timer, rig.buffer, 8)).isEqualTo(-Errno.EAGAIN);
          assertThat(k.syscall(Nr.TIMERFD_SETTIME, rig.in, 0, setting, 0, 0, 0))
              .isEqualTo(-Errno.EINVAL);
        });
  }
}
