package io.syslet.kernel.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syslet.CString;
import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.Syslet;
import io.syslet.Task;
import io.syslet.kernel.contract.Rig;
import io.syslet.kernel.sim.disk.Disk;
import io.syslet.kernel.sim.fs.FsOptions;
import io.syslet.kernel.sim.fs.SimFs;
import io.syslet.ring.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The machine entered by many host threads in real time. */
class ConcurrentKernelTest {
  private static final int THREADS = 64;
  private static final int ROUNDS = 50;

  private static ConcurrentKernel boot() {
    return ConcurrentKernel.boot(SimOptions.defaults());
  }

  @Test
  void sixtyFourThreadsOfSyscallsAtOnce() throws Exception {
    try (ConcurrentKernel kernel = boot()) {
      List<Task> tasks = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        tasks.add(kernel.start(ConcurrentKernelTest::calls));
      }
      for (Task task : tasks) {
        task.join();
      }
      assertThat(kernel.cpuStats().entries()).isGreaterThan(THREADS * ROUNDS * 6L);
      assertThat(kernel.cpuStats().switchesAvoided()).isPositive();
      assertThat(kernel.stats().foreign()).isGreaterThanOrEqualTo(THREADS * ROUNDS);
    }
  }

  private static void calls(Kernel kernel) {
    Rig rig = new Rig(kernel);
    long id = kernel.syscall(Nr.GETTID, 0, 0, 0);
    long fd = kernel.syscall(Nr.EVENTFD2, 0, 0, 0);
    for (int i = 0; i < ROUNDS; i++) {
      rig.feed(3);
      assertThat(rig.read(i)).isEqualTo(1);
      rig.take(2);
      Memory.putLong(rig.buffer, id);
      assertThat(kernel.syscall(Nr.WRITE, fd, rig.buffer, 8)).isEqualTo(8);
      assertThat(kernel.syscall(Nr.READ, fd, rig.buffer, 8)).isEqualTo(8);
      assertThat(Memory.getLong(rig.buffer)).isEqualTo(id);
      assertThat(kernel.syscall(Nr.GETTID, 0, 0, 0)).isEqualTo(id);
    }
    assertThat(kernel.syscall(Nr.CLOSE, fd, 0, 0)).isZero();
    rig.close();
  }

  @Test
  void sixtyFourThreadsOfFilesAtOnce() throws Exception {
    try (ConcurrentKernel kernel =
        ConcurrentKernel.boot(
            SimOptions.defaults(),
            (machine, process, calls) ->
                new SimFs(machine, Disk.ssd(machine), FsOptions.of(1, 10)).register(calls))) {
      List<Task> tasks = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int mine = i;
        tasks.add(kernel.start(k -> files(k, mine)));
      }
      for (Task task : tasks) {
        task.join();
      }
    }
  }

  private static void files(Kernel kernel, int mine) {
    long buffer = kernel.arena().allocate(Rig.BUFFER, 64).address();
    long path = CString.allocate(kernel.arena(), "/file-" + mine);
    for (int i = 0; i < 5; i++) {
      int flags = Sys.O_CREAT | Sys.O_RDWR;
      int fd = (int) Sys.openat(kernel, Sys.AT_FDCWD, path, flags, 0600);
      assertThat(fd).isNotNegative();
      Memory.putLong(buffer, mine * 1000L + i);
      assertThat(kernel.syscall(Nr.PWRITE64, fd, buffer, 8, 8L * i, 0, 0)).isEqualTo(8);
      assertThat(kernel.syscall(Nr.FSYNC, fd, 0, 0)).isZero();
      for (int j = 0; j <= i; j++) {
        assertThat(kernel.syscall(Nr.PREAD64, fd, buffer, 8, 8L * j, 0, 0)).isEqualTo(8);
        assertThat(Memory.getLong(buffer)).isEqualTo(mine * 1000L + j);
      }
      assertThat(kernel.syscall(Nr.CLOSE, fd, 0, 0)).isZero();
    }
    assertThat(kernel.syscall(Nr.UNLINKAT, Sys.AT_FDCWD, path, 0)).isZero();
  }

  @Test
  void whoSleepsLetsOthersInAndNoByteIsLost() throws Exception {
    try (ConcurrentKernel kernel = boot()) {
      Rig shared = new Rig(kernel);
      AtomicLong read = new AtomicLong();
      List<Task> tasks = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        boolean reads = i % 2 == 0;
        tasks.add(kernel.start(k -> exchange(k, shared, reads, read)));
      }
      for (Task task : tasks) {
        task.join();
      }
      assertThat(read).hasValue(THREADS / 2 * ROUNDS);
    }
  }

  private static void exchange(Kernel kernel, Rig shared, boolean reads, AtomicLong read) {
    Rig own = new Rig(kernel);
    for (int i = 0; i < ROUNDS; i++) {
      if (reads) {
        assertThat(own.call(i, Nr.READ, shared.in, own.buffer, 1)).isEqualTo(1);
        read.incrementAndGet();
      } else {
        assertThat(kernel.syscall(Nr.WRITE, shared.out, own.buffer, 1)).isEqualTo(1);
      }
    }
  }

  @Test
  void napsEndByTheHostsTimer() throws Exception {
    try (ConcurrentKernel kernel = boot()) {
      List<Task> tasks = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        int micros = 100 * i + 1;
        tasks.add(kernel.start(k -> nap(k, micros)));
      }
      for (Task task : tasks) {
        task.join();
      }
    }
  }

  private static void nap(Kernel kernel, long micros) {
    Rig rig = new Rig(kernel);
    long before = System.nanoTime();
    rig.nap(micros);
    assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(micros * 1000);
  }

  @Test
  void aCallThatMustNotBlockIsUndone() throws Exception {
    try (ConcurrentKernel kernel = boot()) {
      Rig rig = new Rig(kernel);
      assertThat(rig.call(1, Syslet.NONBLOCK, Nr.READ, rig.in, rig.buffer, 1))
          .isEqualTo(-Errno.EAGAIN);
      rig.feed(1);
      assertThat(rig.call(1, Syslet.NONBLOCK, Nr.READ, rig.in, rig.buffer, 1)).isEqualTo(1);
    }
  }

  @Test
  void theEndWakesWhoSleeps() throws Exception {
    ConcurrentKernel kernel = boot();
    Rig rig = new Rig(kernel);
    AtomicLong result = new AtomicLong();
    Task[] tasks = new Task[8];
    for (int i = 0; i < tasks.length; i++) {
      tasks[i] = kernel.start(k -> result.addAndGet(k.syscall(Nr.READ, rig.in, rig.buffer, 1)));
    }
    kernel.close();
    for (Task task : tasks) {
      task.join();
    }
    assertThat(result.get()).as("interrupted, or refused").isNegative();
    assertThat(kernel.syscall(Nr.GETPPID, 0, 0, 0)).isEqualTo(-Errno.ESHUTDOWN);
    assertThatThrownBy(() -> kernel.start(k -> {})).isInstanceOf(IllegalStateException.class);
    kernel.close();
  }

  @Test
  void whatAProgramThrowsEndsItsTaskAlone() throws Exception {
    try (ConcurrentKernel kernel = boot()) {
      assertThatThrownBy(
              () ->
                  kernel.run(
                      k -> {
                        throw new java.io.IOException("mine");
                      }))
          .isInstanceOf(ExecutionException.class)
          .hasRootCauseMessage("mine");
      kernel.run(k -> assertThat(k.syscall(Nr.GETPPID, 0, 0, 0)).isEqualTo(SimProcess.PARENT));
    }
  }
}
