package io.syslet.examples.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.CString;
import io.syslet.Dirent;
import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Stat;
import io.syslet.Sys;
import io.syslet.Task;
import io.syslet.kernel.sim.File;
import io.syslet.kernel.sim.SimCalls;
import io.syslet.kernel.sim.SimInstaller;
import io.syslet.kernel.sim.SimMachine;
import io.syslet.kernel.sim.SimProcess;
import io.syslet.kernel.sim.disk.Disk;
import io.syslet.kernel.sim.fs.FsOptions;
import io.syslet.kernel.sim.fs.SimFs;
import io.syslet.kernel.sim.ipc.Ipc;
import io.syslet.linux.LinuxKernel;
import io.syslet.linux.LinuxOptions;
import io.syslet.ring.Memory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The boot test of LKL, the Linux kernel as a library ({@code tools/lkl/tests/boot.c}), by its
 * names: one kernel, called by host threads, from its start to its stop.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class LklBootContract {
  private static final int THREADS = 64;
  private static final int CALLS = 1_000;
  private static final int FUTEX_WAIT = 128;
  private static final int FUTEX_WAKE = 129;
  private static final int EFD_SEMAPHORE = 1;
  private static final int ST_SIZE = 48;
  private static final int FILE_LENGTH = 13;

  private Kernel kernel;
  private long buffer;
  private long path;
  private int file = -1;
  private int in;
  private int out;

  /** Starts the kernel, with what the installer adds. */
  abstract Kernel start(SimInstaller installer);

  private static void install(SimMachine machine, SimProcess process, SimCalls calls) {
    new SimFs(machine, Disk.ssd(machine), FsOptions.of(1, 10)).register(calls);
    new Ipc().install(machine, process, calls);
  }

  @BeforeAll
  void start() {
    kernel = start(LklBootContract::install);
    buffer = kernel.arena().allocate(8192, 64).address();
    path = CString.allocate(kernel.arena(), "/lkl.txt");
  }

  @AfterAll
  void stop() {
    kernel.close();
    assertThat(kernel.syscall(Nr.GETPID, 0, 0, 0)).isEqualTo(-Errno.ESHUTDOWN);
  }

  private static void only(long nr) {
    Assumptions.assumeTrue(nr >= 0, "this architecture has no such call");
  }

  // ---- what LKL asks of its host, by the kernel's own means

  @Test
  @Order(1)
  void mutex() throws Exception {
    long lock = kernel.arena().allocate(16, 8).address();
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      tasks.add(kernel.start(k -> count(k, lock)));
    }
    for (Task task : tasks) {
      task.join();
    }
    assertThat(Memory.getLong(lock + 8)).isEqualTo(4 * 100);
  }

  /** A counter that is read, and written after a sleep, under a futex: 0 free, 1 held, 2 waited. */
  private static void count(Kernel k, long lock) {
    long time = k.arena().allocate(16, 8).address();
    Memory.putLong(time + 8, 1);
    for (int i = 0; i < 100; i++) {
      boolean had = Memory.compareAndSetInt(lock, 0, 1);
      while (!had) {
        had = Memory.compareAndSetInt(lock, 0, 2);
        if (!had && (Memory.getIntAcquire(lock) == 2 || Memory.compareAndSetInt(lock, 1, 2))) {
          long _ = k.syscall(Nr.FUTEX, lock, FUTEX_WAIT, 2, 0, 0, 0);
        }
      }
      long count = Memory.getLong(lock + 8);
      assertThat(k.syscall(Nr.NANOSLEEP, time, 0, 0)).isZero();
      Memory.putLong(lock + 8, count + 1);
      Memory.putIntVolatile(lock, 0);
      assertThat(k.syscall(Nr.FUTEX, lock, FUTEX_WAKE, 1)).isBetween(0L, 1L);
    }
  }

  @Test
  @Order(2)
  void semaphore() throws Exception {
    int fd = (int) kernel.syscall(Nr.EVENTFD2, 0, EFD_SEMAPHORE, 0);
    long[] words = {kernel.arena().allocate(8, 8).address(), buffer};
    Task waiter =
        kernel.start(
            k -> {
              for (int i = 0; i < 10; i++) {
                assertThat(k.syscall(Nr.READ, fd, words[0], 8)).isEqualTo(8);
                assertThat(Memory.getLong(words[0])).isEqualTo(1);
              }
            });
    for (int i = 0; i < 5; i++) {
      Memory.putLong(words[1], 2);
      assertThat(kernel.syscall(Nr.WRITE, fd, words[1], 8)).isEqualTo(8);
    }
    waiter.join();
    assertThat(kernel.syscall(Nr.CLOSE, fd, 0, 0)).isZero();
  }

  @Test
  @Order(3)
  void join() throws Exception {
    long[] answers = new long[1];
    kernel.start(k -> answers[0] = k.syscall(Nr.GETPID, 0, 0, 0)).join();
    assertThat(answers[0]).isEqualTo(SimProcess.ID);
  }

  // ---- calls

  @Test
  @Order(4)
  void getpid() {
    assertThat(kernel.syscall(Nr.GETPID, 0, 0, 0)).isEqualTo(SimProcess.ID);
  }

  @Test
  @Order(5)
  void syscallLatency() {
    try (Kernel linux = LinuxKernel.boot(LinuxOptions.defaults())) {
      LongSummaryStatistics simulated = latency(kernel);
      LongSummaryStatistics real = latency(linux);
      String mine = getClass().getSimpleName();
      System.out.printf("%s: %s; native: %s%n", mine, text(simulated), text(real));
      assertThat(simulated.getCount()).isEqualTo(real.getCount()).isEqualTo(CALLS);
      assertThat(real.getMin()).isPositive();
    }
  }

  private static String text(LongSummaryStatistics ns) {
    return "min %d, max %d, avg %.0f ns".formatted(ns.getMin(), ns.getMax(), ns.getAverage());
  }

  private static LongSummaryStatistics latency(Kernel of) {
    LongSummaryStatistics all = new LongSummaryStatistics();
    for (int i = 0; i < CALLS; i++) {
      long before = System.nanoTime();
      assertThat(of.syscall(Nr.GETPID, 0, 0, 0)).isPositive();
      all.accept(System.nanoTime() - before);
    }
    return all;
  }

  @Test
  @Order(6)
  void umask() {
    assertThat(kernel.syscall(Nr.UMASK, 0777, 0, 0)).isEqualTo(022);
    assertThat(kernel.syscall(Nr.UMASK, 022, 0, 0)).isEqualTo(0777);
  }

  @Test
  @Order(7)
  void creat() {
    only(Nr.CREAT);
    file = (int) kernel.syscall(Nr.CREAT, path, 0644, 0);
    assertThat(file).isNotNegative();
  }

  @Test
  @Order(8)
  void close() {
    only(Nr.CREAT);
    assertThat(Sys.close(kernel, file)).isZero();
    assertThat(Sys.close(kernel, file)).isEqualTo(-Errno.EBADF);
  }

  @Test
  @Order(9)
  void failopen() {
    long missing = CString.allocate(kernel.arena(), "/missing");
    assertThat(Sys.openat(kernel, Sys.AT_FDCWD, missing, 0, 0)).isEqualTo(-Errno.ENOENT);
  }

  @Test
  @Order(10)
  void open() {
    file = (int) Sys.openat(kernel, Sys.AT_FDCWD, path, Sys.O_RDWR | Sys.O_CREAT, 0644);
    assertThat(file).isNotNegative();
  }

  @Test
  @Order(11)
  void write() {
    CString.put(buffer, new byte[] {'h', 'e', 'l', 'l', 'o', ' ', 'w', 'o', 'r', 'l', 'd', '!'});
    assertThat(Sys.write(kernel, file, buffer, FILE_LENGTH)).isEqualTo(FILE_LENGTH);
  }

  @Test
  @Order(12)
  void lseekCur() {
    assertThat(Sys.lseek(kernel, file, 0, 1)).isEqualTo(FILE_LENGTH);
  }

  @Test
  @Order(13)
  void lseekEnd() {
    assertThat(Sys.lseek(kernel, file, 0, 2)).isEqualTo(FILE_LENGTH);
  }

  @Test
  @Order(14)
  void lseekSet() {
    assertThat(Sys.lseek(kernel, file, 0, 0)).isZero();
  }

  @Test
  @Order(15)
  void read() {
    assertThat(Sys.read(kernel, file, buffer + 64, 64)).isEqualTo(FILE_LENGTH);
    assertThat(CString.toString(buffer + 64, 64)).isEqualTo("hello world!");
  }

  @Test
  @Order(16)
  void fstat() {
    assertThat(kernel.syscall(Nr.FSTAT, file, buffer, 0)).isZero();
    assertThat(Memory.getLong(buffer + ST_SIZE)).isEqualTo(FILE_LENGTH);
  }

  @Test
  @Order(17)
  void mkdir() {
    only(Nr.MKDIR);
    long directory = CString.allocate(kernel.arena(), "/mnt");
    assertThat(kernel.syscall(Nr.MKDIR, directory, 0700, 0)).isZero();
  }

  @Test
  @Order(18)
  void stat() {
    long directory = CString.allocate(kernel.arena(), "/mnt");
    Stat stat = Stat.allocate(kernel.arena());
    long mask = Stat.STATX_BASIC_STATS;
    assertThat(Sys.statx(kernel, Sys.AT_FDCWD, directory, 0, (int) mask, stat.address())).isZero();
    assertThat(stat.isDirectory()).isTrue();
    assertThat(stat.mode() & 0777).isEqualTo(0700);
  }

  @Test
  @Order(19)
  void nanosleep() {
    Memory.putLong(buffer, 0);
    Memory.putLong(buffer + 8, 10_000_000);
    long before = now();
    assertThat(kernel.syscall(Nr.NANOSLEEP, buffer, 0, 0)).isZero();
    assertThat(now() - before).isGreaterThanOrEqualTo(10_000_000);
  }

  private long now() {
    assertThat(kernel.syscall(Nr.CLOCK_GETTIME, 1, buffer + 64, 0)).isZero();
    return Memory.getLong(buffer + 64) * 1_000_000_000 + Memory.getLong(buffer + 72);
  }

  @Test
  @Order(20)
  void pipe2() {
    assertThat(kernel.syscall(Nr.PIPE2, buffer, Sys.O_NONBLOCK, 0)).isZero();
    in = Memory.getInt(buffer);
    out = Memory.getInt(buffer + 4);
    assertThat(Sys.read(kernel, in, buffer, 1)).isEqualTo(-Errno.EAGAIN);
    Memory.putLong(buffer, 0x1234);
    assertThat(Sys.write(kernel, out, buffer, 8)).isEqualTo(8);
    assertThat(Sys.read(kernel, in, buffer + 64, 8)).isEqualTo(8);
    assertThat(Memory.getLong(buffer + 64)).isEqualTo(0x1234);
  }

  @Test
  @Order(21)
  void epoll() {
    int epoll = (int) kernel.syscall(Nr.EPOLL_CREATE1, 0, 0, 0);
    Memory.putInt(buffer, File.POLLIN);
    assertThat(kernel.syscall(Nr.EPOLL_CTL, epoll, 1, in, buffer, 0, 0)).isZero();
    assertThat(kernel.syscall(Nr.EPOLL_PWAIT, epoll, buffer + 64, 4, 0, 0, 8)).isZero();
    assertThat(Sys.write(kernel, out, buffer, 1)).isEqualTo(1);
    assertThat(kernel.syscall(Nr.EPOLL_PWAIT, epoll, buffer + 64, 4, -1, 0, 8)).isEqualTo(1);
    assertThat(Memory.getInt(buffer + 64)).isEqualTo(File.POLLIN);
    assertThat(Sys.close(kernel, epoll)).isZero();
  }

  @Test
  @Order(22)
  void getdents64() {
    long root = CString.allocate(kernel.arena(), "/");
    int fd = (int) Sys.openat(kernel, Sys.AT_FDCWD, root, Sys.O_DIRECTORY, 0);
    Set<String> names = new HashSet<>();
    for (long n; (n = Sys.getdents64(kernel, fd, buffer, 8192)) > 0; ) {
      Dirent dirent = new Dirent().wrap(buffer, n);
      while (dirent.next()) {
        names.add(CString.toString(dirent.nameAddress(), 256));
      }
    }
    assertThat(names).contains(".", "..", "lkl.txt");
    assertThat(Sys.close(kernel, fd)).isZero();
  }

  @Test
  @Order(23)
  void syscallThread() throws Exception {
    long[] answer = new long[1];
    Thread other = Thread.ofPlatform().start(() -> answer[0] = pair(kernel));
    other.join();
    assertThat(answer[0]).isEqualTo(2);
  }

  /** A pipe is made, closed, and its descriptors counted: 2. */
  private static long pair(Kernel k) {
    long fds = k.arena().allocate(8, 8).address();
    assertThat(k.syscall(Nr.PIPE2, fds, 0, 0)).isZero();
    assertThat(Sys.close(k, Memory.getInt(fds))).isZero();
    assertThat(Sys.close(k, Memory.getInt(fds + 4))).isZero();
    return 2;
  }

  @Test
  @Order(24)
  void manySyscallThreads() throws Exception {
    long[] done = new long[THREADS];
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int mine = i;
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int j = 0; j < 10; j++) {
                      done[mine] += pair(kernel);
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(done).containsOnly(20);
  }
}
