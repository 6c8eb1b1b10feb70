package io.syslet.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Allocation;
import io.syslet.Nr;
import io.syslet.Registers;
import io.syslet.Stat;
import io.syslet.Sys;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CallTableTest {
  /** Everything that is refused whatever its arguments are. */
  private static final String REFUSED =
      """
      setuid setgid setreuid setregid setresuid setresgid setfsuid setfsgid setgroups capset prctl \
      arch_prctl unshare setns seccomp landlock_create_ruleset landlock_add_rule \
      landlock_restrict_self lsm_set_self_attr personality set_mempolicy rt_sigprocmask \
      rt_sigsuspend rt_sigreturn restart_syscall sigaltstack set_robust_list get_robust_list rseq rseq_slice_yield \
      set_tid_address set_thread_area get_thread_area modify_ldt iopl ioperm fork vfork clone \
      clone3 execve execveat exit exit_group munmap mremap brk map_shadow_stack uretprobe uprobe ptrace \
      tkill tgkill rt_tgsigqueueinfo\
      """;

  private static final String CONDITIONAL =
      """
      futex keyctl setpriority ioprio_set ioprio_get sched_setparam sched_getparam \
      sched_setscheduler sched_getscheduler sched_rr_get_interval sched_setaffinity \
      sched_getaffinity sched_setattr sched_getattr perf_event_open pidfd_open\
      """;

  @Test
  void whatChangesTheThreadIsRefused() {
    for (String name : words(REFUSED)) {
      int nr = CallTable.number(name);
      if (nr >= 0) {
        assertThat(CallTable.refuses(nr, 1, 1, 1, 1, 1, 1)).as(name).isTrue();
      }
      assertThat(CallLines.named(name).is(Trait.REFUSED)).as(name).isTrue();
    }
    long refused = CallLines.all(true).stream().filter(e -> e.is(Trait.REFUSED)).count();
    assertThat(refused).isEqualTo(words(REFUSED).size());
  }

  @Test
  void whatMayChangeTheThreadIsRefusedForThread0() {
    for (String name : words(CONDITIONAL)) {
      assertThat(CallLines.named(name).is(Trait.CONDITIONAL)).as(name).isTrue();
    }
    long conditional = CallLines.all(true).stream().filter(e -> e.is(Trait.CONDITIONAL)).count();
    assertThat(conditional).isEqualTo(words(CONDITIONAL).size());
    assertThat(refuses(Nr.SCHED_SETAFFINITY, 0, 8)).isTrue();
    assertThat(refuses(Nr.SCHED_SETAFFINITY, 1L << 32, 8)).isTrue();
    assertThat(refuses(Nr.SCHED_SETAFFINITY, 77, 8)).isFalse();
    assertThat(refuses(Nr.SETPRIORITY, 0, 0)).isTrue();
    assertThat(refuses(Nr.SETPRIORITY, 0, 77)).isFalse();
    assertThat(refuses(Nr.IOPRIO_SET, 1, 0)).isTrue();
    assertThat(refuses(Nr.IOPRIO_GET, 1, 77)).isFalse();
    assertThat(refuses(Nr.PERF_EVENT_OPEN, 77, 0)).isTrue();
    assertThat(refuses(Nr.KEYCTL, 1, 0)).isTrue();
    assertThat(refuses(Nr.KEYCTL, 0, 0)).isFalse();
    assertThat(refuses(Nr.PIDFD_OPEN, 77, Sys.O_NONBLOCK)).isFalse();
    assertThat(refuses(Nr.PIDFD_OPEN, 77, Sys.O_EXCL)).isTrue();
  }

  @Test
  void futexesThatInheritPriorityAreRefused() {
    Set<Integer> inheriting = Set.of(6, 7, 8, 11, 12, 13);
    for (int op = 0; op < 32; op++) {
      for (int flags : new int[] {0, 128, 256, 384}) {
        assertThat(refuses(Nr.FUTEX, 0, op | flags)).isEqualTo(inheriting.contains(op));
      }
    }
    assertThat(refuses(Nr.FUTEX, 0, 1L << 32 | 6)).isTrue();
    assertThat(refuses(Nr.FUTEX, 0, 512 | 6)).isFalse();
  }

  @Test
  void theUpperHalfOfANumberDoesNotCount() {
    assertThat(CallTable.traits(1L << 32 | Nr.EXIT)).isEqualTo(CallTable.traits(Nr.EXIT));
    assertThat(CallTable.refuses(1L << 32 | Nr.EXIT, 0, 0, 0, 0, 0, 0)).isTrue();
    assertThat(CallTable.name(-1L << 32 | Nr.READ)).isEqualTo("read");
  }

  @Test
  void x32TwinsAreRefused() {
    assertThat(refuses(1L << 30 | Nr.EXIT, 0, 0)).isTrue();
    assertThat(CallTable.traits(1L << 30)).isEqualTo((byte) (Trait.REFUSED | Trait.LOOK));
  }

  @Test
  void unknownNumbersHaveNoTraits() {
    for (long nr : new long[] {-1, 499, 511, 512, 100_000, Integer.MAX_VALUE | 1L << 31}) {
      assertThat(CallTable.traits(nr)).isZero();
      assertThat(CallTable.entry(nr)).isNull();
      assertThat(CallTable.name(nr)).isEqualTo("?");
      assertThat(refuses(nr, 0, 0)).isFalse();
      assertThat(CallTable.hasEffects(nr, 0, 0, 0, 0, 0, 0)).isTrue();
    }
  }

  @Test
  void whatNeedsALookIsWhatIsNotPlain() {
    for (long nr : new long[] {Nr.EXIT, Nr.GETTID, Nr.FUTEX, -1, 512, 1L << 32, 1 << 30}) {
      assertThat(CallTable.isPlain(nr)).as("%d", nr).isFalse();
    }
    for (long nr : new long[] {Nr.READ, Nr.WRITE, Nr.STATX, Nr.OPENAT, Nr.CLOSE, Nr.GETPPID, 511}) {
      assertThat(CallTable.isPlain(nr)).as("%d", nr).isTrue();
    }
  }

  @Test
  void onlyCallsThatCannotSleepAreSaidNotTo() {
    for (long nr : new long[] {Nr.GETPID, Nr.GETPPID, Nr.GETUID, Nr.CLOCK_GETTIME, Nr.UMASK}) {
      assertThat(CallTable.traits(nr) & Trait.NEVER_SLEEPS).isNotZero();
    }
    for (long nr : new long[] {Nr.LSEEK, Nr.CLOSE, Nr.DUP, Nr.UNAME, Nr.FCNTL, Nr.STATX}) {
      assertThat(CallTable.traits(nr) & Trait.NEVER_SLEEPS).isZero();
    }
  }

  @Test
  void gettidIsAnswered() {
    assertThat(CallTable.traits(Nr.GETTID)).isEqualTo((byte) (Trait.ANSWERED | Trait.LOOK));
  }

  @Test
  void effectsDependOnFlags() {
    assertThat(CallTable.hasEffects(Nr.WRITE, 1, 0, 0, 0, 0, 0)).isTrue();
    assertThat(CallTable.hasEffects(Nr.READ, 1, 0, 0, 0, 0, 0)).isFalse();
    assertThat(opens(Sys.O_RDONLY | Sys.O_DIRECTORY | Sys.O_CLOEXEC)).isFalse();
    assertThat(opens(Sys.O_WRONLY | Sys.O_CREAT)).isTrue();
    assertThat(opens(Sys.O_WRONLY | Sys.O_TRUNC)).isTrue();
    assertThat(opens(Sys.O_WRONLY | Sys.O_TMPFILE)).isTrue();
    assertThat(CallTable.hasEffects(Nr.FCNTL, 3, Sys.F_GETFL, 0, 0, 0, 0)).isFalse();
    assertThat(CallTable.hasEffects(Nr.FCNTL, 3, Sys.F_SETLK, 0, 0, 0, 0)).isTrue();
  }

  private static boolean opens(int flags) {
    return CallTable.hasEffects(Nr.OPENAT, Sys.AT_FDCWD, 0, flags, 0, 0, 0);
  }

  @Test
  void nonBlockingForms() {
    assertThat(entry(Nr.READ).nonBlockingForm()).isEqualTo(NonBlockingForm.PREADV2);
    assertThat(entry(Nr.PWRITE64).nonBlockingForm()).isEqualTo(NonBlockingForm.PWRITEV2);
    assertThat(entry(Nr.OPENAT).nonBlockingForm()).isEqualTo(NonBlockingForm.OPENAT2);
    assertThat(entry(Nr.ACCEPT4).nonBlockingForm()).isEqualTo(NonBlockingForm.DESCRIPTOR);
    assertThat(entry(Nr.GETPID).nonBlockingForm()).isEqualTo(NonBlockingForm.AS_IS);
    assertThat(entry(Nr.STATX).nonBlockingForm()).isEqualTo(NonBlockingForm.NONE);
    assertFlag(Nr.RECVFROM, 3, Sys.MSG_DONTWAIT);
    assertFlag(Nr.RECVMSG, 2, Sys.MSG_DONTWAIT);
    assertFlag(Nr.PREADV2, 5, Sys.RWF_NOWAIT);
  }

  private static void assertFlag(long nr, int argument, long bits) {
    assertThat(entry(nr).nonBlockingForm()).isEqualTo(NonBlockingForm.FLAG);
    assertThat(entry(nr).nonBlockingArgument()).isEqualTo(argument);
    assertThat(entry(nr).nonBlockingBits()).isEqualTo(bits);
    assertThat(entry(nr).argument(argument).kind()).isEqualTo(ArgumentKind.FLAGS);
  }

  @Test
  void descriptorsAreMadeWithFileFlags() {
    assertThat(entry(Nr.OPENAT).fileFlagsArgument()).isEqualTo(2);
    assertThat(entry(Nr.PIPE2).fileFlagsArgument()).isEqualTo(1);
    assertThat(entry(Nr.ACCEPT4).fileFlagsArgument()).isEqualTo(3);
    assertThat(entry(Nr.EVENTFD2).fileFlagsArgument()).isEqualTo(1);
    assertThat(entry(Nr.MEMFD_CREATE).fileFlagsArgument()).isEqualTo(-1);
    assertThat(entry(Nr.MEMFD_CREATE).is(Trait.MAKES_DESCRIPTOR)).isTrue();
    for (CallEntry entry : CallTable.all()) {
      if (entry.fileFlagsArgument() >= 0) {
        assertThat(entry.is(Trait.MAKES_DESCRIPTOR)).as(entry.name()).isTrue();
      }
    }
  }

  @Test
  void lengthsComeFromRegisters() {
    try (Arena arena = Arena.ofConfined()) {
      long registers = arena.allocate(Registers.LENGTH, 8).address();
      long number = arena.allocate(8, 8).address();
      Registers.put(registers, Nr.READ, 3, 0, 4096, 0, 0, 0);
      assertThat(entry(Nr.READ).length(1, registers)).isEqualTo(4096);
      Registers.put(registers, Nr.READ, 3, 0, -1, 0, 0, 0);
      assertThat(entry(Nr.READ).length(1, registers)).isEqualTo(Long.MAX_VALUE);
      assertThat(entry(Nr.STATX).length(4, registers)).isEqualTo(Stat.LENGTH);
      assertThat(entry(Nr.STATX).length(1, registers)).isZero();
      Registers.put(registers, Nr.GETDENTS64, 3, 0, 0xdead_0000_0040L, 0, 0, 0);
      assertThat(entry(Nr.GETDENTS64).length(1, registers)).isEqualTo(0x40);
      Registers.put(registers, Nr.WRITEV, 3, 0, 5, 0, 0, 0);
      assertThat(entry(Nr.WRITEV).length(1, registers)).isEqualTo(80);
      Registers.put(registers, Nr.WRITEV, 3, 0, Long.MAX_VALUE / 8, 0, 0, 0);
      assertThat(entry(Nr.WRITEV).length(1, registers)).isEqualTo(Long.MAX_VALUE);
      Memory.putInt(number, 28);
      Registers.put(registers, Nr.ACCEPT4, 3, 0, number, 0, 0, 0);
      assertThat(entry(Nr.ACCEPT4).length(1, registers)).isEqualTo(28);
      Registers.put(registers, Nr.ACCEPT4, 3, 0, 0, 0, 0, 0);
      assertThat(entry(Nr.ACCEPT4).length(1, registers)).isZero();
    }
  }

  @Test
  void lookUpsAllocateNothing() {
    CallTable.all();
    long[] sum = new long[1];
    long bytes =
        Allocation.of(
            () -> {
              for (long nr = -1; nr < 520; nr += 3) {
                sum[0] += CallTable.traits(nr);
                sum[0] += CallTable.refuses(nr, 0, 1, 2, 3, 4, 5) ? 1 : 0;
                sum[0] += CallTable.hasEffects(nr, 0, 1, 2, 3, 4, 5) ? 1 : 0;
                sum[0] += CallTable.name(nr).length();
              }
            });
    assertThat(bytes).isZero();
    assertThat(sum[0]).isNotZero();
  }

  private static List<String> words(String text) {
    return Pattern.compile("\\s+").splitAsStream(text).toList();
  }

  private static boolean refuses(long nr, long a0, long a1) {
    return CallTable.refuses(nr, a0, a1, 5, 5, 5, 5);
  }

  private static CallEntry entry(long nr) {
    return CallLines.of(nr);
  }
}
