package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.CString;
import io.syslet.Call;
import io.syslet.Calls;
import io.syslet.Chain;
import io.syslet.Nr;
import io.syslet.Stat;
import io.syslet.Step;
import io.syslet.Sys;
import org.junit.jupiter.api.Test;

/** The floor for people costs no object per call, as the one below it. */
class CallsAllocationTest {
  private static final int CALLS = 50_000;

  private long told;

  @Test
  void callsInABatchAllocateNothing() throws Exception {
    Linux.run(
        kernel -> {
          Calls calls = Calls.of(kernel);
          long name = CString.allocate(kernel.arena(), "/");
          Call.Listener<CallsAllocationTest> listener = (test, call, status) -> test.told++;
          Runnable round =
              () -> {
                for (int i = 0; i < CALLS; i++) {
                  calls.lstat(Sys.AT_FDCWD, name, Stat.STATX_SIZE).then(listener, this, i);
                }
                calls.awaitAll();
              };
          assertThat(AllocatedBytes.leastPerCall(CALLS, round)).isLessThan(AllocatedBytes.OBJECT);
          assertThat(told).isEqualTo(5 * CALLS);
          calls.close();
        });
  }

  @Test
  void callsByPathAndThoseWaitedForAllocateNothing() throws Exception {
    Linux.run(
        kernel -> {
          Calls calls = Calls.of(kernel);
          byte[] path = {'/', 'd', 'e', 'v'};
          Runnable round =
              () -> {
                for (int i = 0; i < CALLS; i++) {
                  told += calls.lstat(Sys.AT_FDCWD, path, Stat.STATX_SIZE).awaitOrThrow();
                }
              };
          assertThat(AllocatedBytes.leastPerCall(CALLS, round)).isLessThan(AllocatedBytes.OBJECT);
          assertThat(told).isZero();
          calls.close();
        });
  }

  @Test
  void programsAllocateNothing() throws Exception {
    Linux.run(
        kernel -> {
          Calls calls = Calls.of(kernel);
          Chain chain = calls.chain();
          Step fd = chain.openat(Sys.AT_FDCWD, new byte[] {'/'}, Sys.O_RDONLY, 0).stopOnError();
          chain.close(fd);
          Step sum = chain.sum(chain.call(Nr.GETPPID, 0, 0, 0, 0, 0, 0));
          Runnable round =
              () -> {
                for (int i = 0; i < CALLS; i++) {
                  told += chain.run() == sum.status() ? 1 : 0;
                }
              };
          assertThat(AllocatedBytes.leastPerCall(CALLS, round)).isLessThan(AllocatedBytes.OBJECT);
          assertThat(told).isEqualTo(5 * CALLS);
          calls.close();
        });
  }
}
