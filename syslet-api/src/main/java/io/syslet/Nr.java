package io.syslet;

import java.lang.reflect.Field;
import java.util.Locale;

/**
 * The numbers of the host's calls: x86-64's own, or the generic ones that aarch64 uses.
 *
 * <p>Those at the end are x86-64's alone and −1 elsewhere; a program for both uses the *at forms.
 * {@link io.syslet.table.CallTable} knows more calls, by number and by name, and says what their
 * arguments are. Sources: {@code arch/x86/entry/syscalls/syscall_64.tbl}, {@code
 * include/uapi/asm-generic/unistd.h}.
 */
public final class Nr {
  // Ours. The bit is x32's on x86-64, so that no Linux gives these numbers to a call.

  /** {@code indirect} itself, which no entry makes: −EINVAL. */
  public static final long INDIRECT = 1L << 30 | 0x535901;

  /** The wait for a ring, which no entry makes: −EINVAL. */
  public static final long RING_WAIT = 1L << 30 | 0x535902;

  /** The wait for a completion word, which no entry makes: −EINVAL. */
  public static final long WORD_WAIT = 1L << 30 | 0x535903;

  /**
   * {@code umem_add(address, increment)}: adds to a u64 of the program's own memory, in one step,
   * and returns the sum. Only an atom of {@link Kernel#exec} can make it; the entry says −EINVAL.
   */
  public static final long UMEM_ADD = 1L << 30 | 0x535904;

  // Reading and writing.

  /** read(2). */
  public static final long READ = Arch.pick(0, 63);

  /** write(2). */
  public static final long WRITE = Arch.pick(1, 64);

  /** pread64(2). */
  public static final long PREAD64 = Arch.pick(17, 67);

  /** pwrite64(2). */
  public static final long PWRITE64 = Arch.pick(18, 68);

  /** readv(2). */
  public static final long READV = Arch.pick(19, 65);

  /** writev(2). */
  public static final long WRITEV = Arch.pick(20, 66);

  /** preadv(2). */
  public static final long PREADV = Arch.pick(295, 69);

  /** pwritev(2). */
  public static final long PWRITEV = Arch.pick(296, 70);

  /** preadv2(2). */
  public static final long PREADV2 = Arch.pick(327, 286);

  /** pwritev2(2). */
  public static final long PWRITEV2 = Arch.pick(328, 287);

  /** lseek(2). */
  public static final long LSEEK = Arch.pick(8, 62);

  /** sendfile(2). */
  public static final long SENDFILE = Arch.pick(40, 71);

  /** copy_file_range(2). */
  public static final long COPY_FILE_RANGE = Arch.pick(326, 285);

  /** splice(2). */
  public static final long SPLICE = Arch.pick(275, 76);

  /** tee(2). */
  public static final long TEE = Arch.pick(276, 77);

  /** readahead(2). */
  public static final long READAHEAD = Arch.pick(187, 213);

  /** fadvise64(2). */
  public static final long FADVISE64 = Arch.pick(221, 223);

  /** fsync(2). */
  public static final long FSYNC = Arch.pick(74, 82);

  /** fdatasync(2). */
  public static final long FDATASYNC = Arch.pick(75, 83);

  /** sync_file_range(2). */
  public static final long SYNC_FILE_RANGE = Arch.pick(277, 84);

  /** syncfs(2). */
  public static final long SYNCFS = Arch.pick(306, 267);

  /** truncate(2). */
  public static final long TRUNCATE = Arch.pick(76, 45);

  /** ftruncate(2). */
  public static final long FTRUNCATE = Arch.pick(77, 46);

  /** fallocate(2). */
  public static final long FALLOCATE = Arch.pick(285, 47);

  // Descriptors.

  /** openat(2). */
  public static final long OPENAT = Arch.pick(257, 56);

  /** openat2(2). */
  public static final long OPENAT2 = 437;

  /** close(2). */
  public static final long CLOSE = Arch.pick(3, 57);

  /** close_range(2). */
  public static final long CLOSE_RANGE = 436;

  /** dup(2). */
  public static final long DUP = Arch.pick(32, 23);

  /** dup3(2). */
  public static final long DUP3 = Arch.pick(292, 24);

  /** fcntl(2). */
  public static final long FCNTL = Arch.pick(72, 25);

  /** flock(2). */
  public static final long FLOCK = Arch.pick(73, 32);

  /** ioctl(2). */
  public static final long IOCTL = Arch.pick(16, 29);

  /** pipe2(2). */
  public static final long PIPE2 = Arch.pick(293, 59);

  /** eventfd2(2). */
  public static final long EVENTFD2 = Arch.pick(290, 19);

  /** memfd_create(2). */
  public static final long MEMFD_CREATE = Arch.pick(319, 279);

  /** pidfd_open(2). */
  public static final long PIDFD_OPEN = 434;

  /** inotify_init1(2). */
  public static final long INOTIFY_INIT1 = Arch.pick(294, 26);

  /** inotify_add_watch(2). */
  public static final long INOTIFY_ADD_WATCH = Arch.pick(254, 27);

  /** inotify_rm_watch(2). */
  public static final long INOTIFY_RM_WATCH = Arch.pick(255, 28);

  // Directories and names.

  /** getdents64(2). */
  public static final long GETDENTS64 = Arch.pick(217, 61);

  /** getcwd(2). */
  public static final long GETCWD = Arch.pick(79, 17);

  /** chdir(2). */
  public static final long CHDIR = Arch.pick(80, 49);

  /** fchdir(2). */
  public static final long FCHDIR = Arch.pick(81, 50);

  /** renameat2(2). */
  public static final long RENAMEAT2 = Arch.pick(316, 276);

  /** mkdirat(2). */
  public static final long MKDIRAT = Arch.pick(258, 34);

  /** linkat(2). */
  public static final long LINKAT = Arch.pick(265, 37);

  /** unlinkat(2). */
  public static final long UNLINKAT = Arch.pick(263, 35);

  /** symlinkat(2). */
  public static final long SYMLINKAT = Arch.pick(266, 36);

  /** readlinkat(2). */
  public static final long READLINKAT = Arch.pick(267, 78);

  /** mknodat(2). */
  public static final long MKNODAT = Arch.pick(259, 33);

  // Attributes.

  /** fstat(2). */
  public static final long FSTAT = Arch.pick(5, 80);

  /** newfstatat(2). */
  public static final long NEWFSTATAT = Arch.pick(262, 79);

  /** statx(2). */
  public static final long STATX = Arch.pick(332, 291);

  /** faccessat(2). */
  public static final long FACCESSAT = Arch.pick(269, 48);

  /** faccessat2(2). */
  public static final long FACCESSAT2 = 439;

  /** fchmod(2). */
  public static final long FCHMOD = Arch.pick(91, 52);

  /** fchmodat(2). */
  public static final long FCHMODAT = Arch.pick(268, 53);

  /** fchown(2). */
  public static final long FCHOWN = Arch.pick(93, 55);

  /** fchownat(2). */
  public static final long FCHOWNAT = Arch.pick(260, 54);

  /** utimensat(2). */
  public static final long UTIMENSAT = Arch.pick(280, 88);

  /** umask(2). */
  public static final long UMASK = Arch.pick(95, 166);

  /** setxattr(2). */
  public static final long SETXATTR = Arch.pick(188, 5);

  /** lsetxattr(2). */
  public static final long LSETXATTR = Arch.pick(189, 6);

  /** fsetxattr(2). */
  public static final long FSETXATTR = Arch.pick(190, 7);

  /** getxattr(2). */
  public static final long GETXATTR = Arch.pick(191, 8);

  /** lgetxattr(2). */
  public static final long LGETXATTR = Arch.pick(192, 9);

  /** fgetxattr(2). */
  public static final long FGETXATTR = Arch.pick(193, 10);

  /** listxattr(2). */
  public static final long LISTXATTR = Arch.pick(194, 11);

  /** llistxattr(2). */
  public static final long LLISTXATTR = Arch.pick(195, 12);

  /** flistxattr(2). */
  public static final long FLISTXATTR = Arch.pick(196, 13);

  /** removexattr(2). */
  public static final long REMOVEXATTR = Arch.pick(197, 14);

  /** fremovexattr(2). */
  public static final long FREMOVEXATTR = Arch.pick(199, 16);

  /** statfs(2). */
  public static final long STATFS = Arch.pick(137, 43);

  /** fstatfs(2). */
  public static final long FSTATFS = Arch.pick(138, 44);

  // Sockets.

  /** socket(2). */
  public static final long SOCKET = Arch.pick(41, 198);

  /** socketpair(2). */
  public static final long SOCKETPAIR = Arch.pick(53, 199);

  /** bind(2). */
  public static final long BIND = Arch.pick(49, 200);

  /** listen(2). */
  public static final long LISTEN = Arch.pick(50, 201);

  /** accept(2). */
  public static final long ACCEPT = Arch.pick(43, 202);

  /** accept4(2). */
  public static final long ACCEPT4 = Arch.pick(288, 242);

  /** connect(2). */
  public static final long CONNECT = Arch.pick(42, 203);

  /** getsockname(2). */
  public static final long GETSOCKNAME = Arch.pick(51, 204);

  /** getpeername(2). */
  public static final long GETPEERNAME = Arch.pick(52, 205);

  /** sendto(2). */
  public static final long SENDTO = Arch.pick(44, 206);

  /** recvfrom(2). */
  public static final long RECVFROM = Arch.pick(45, 207);

  /** sendmsg(2). */
  public static final long SENDMSG = Arch.pick(46, 211);

  /** recvmsg(2). */
  public static final long RECVMSG = Arch.pick(47, 212);

  /** sendmmsg(2). */
  public static final long SENDMMSG = Arch.pick(307, 269);

  /** recvmmsg(2). */
  public static final long RECVMMSG = Arch.pick(299, 243);

  /** shutdown(2). */
  public static final long SHUTDOWN = Arch.pick(48, 210);

  /** setsockopt(2). */
  public static final long SETSOCKOPT = Arch.pick(54, 208);

  /** getsockopt(2). */
  public static final long GETSOCKOPT = Arch.pick(55, 209);

  // Waiting.

  /** ppoll(2). */
  public static final long PPOLL = Arch.pick(271, 73);

  /** pselect6(2). */
  public static final long PSELECT6 = Arch.pick(270, 72);

  /** epoll_create1(2). */
  public static final long EPOLL_CREATE1 = Arch.pick(291, 20);

  /** epoll_ctl(2). */
  public static final long EPOLL_CTL = Arch.pick(233, 21);

  /** epoll_pwait(2). */
  public static final long EPOLL_PWAIT = Arch.pick(281, 22);

  /** epoll_pwait2(2). */
  public static final long EPOLL_PWAIT2 = 441;

  /** futex(2). */
  public static final long FUTEX = Arch.pick(202, 98);

  /** futex_waitv(2). */
  public static final long FUTEX_WAITV = 449;

  /** timerfd_create(2). */
  public static final long TIMERFD_CREATE = Arch.pick(283, 85);

  /** timerfd_settime(2). */
  public static final long TIMERFD_SETTIME = Arch.pick(286, 86);

  /** timerfd_gettime(2). */
  public static final long TIMERFD_GETTIME = Arch.pick(287, 87);

  /** signalfd4(2). */
  public static final long SIGNALFD4 = Arch.pick(289, 74);

  /** nanosleep(2). */
  public static final long NANOSLEEP = Arch.pick(35, 101);

  /** clock_nanosleep(2). */
  public static final long CLOCK_NANOSLEEP = Arch.pick(230, 115);

  // Time and identity.

  /** clock_gettime(2). */
  public static final long CLOCK_GETTIME = Arch.pick(228, 113);

  /** clock_getres(2). */
  public static final long CLOCK_GETRES = Arch.pick(229, 114);

  /** gettimeofday(2). */
  public static final long GETTIMEOFDAY = Arch.pick(96, 169);

  /** getpid(2). */
  public static final long GETPID = Arch.pick(39, 172);

  /** getppid(2). */
  public static final long GETPPID = Arch.pick(110, 173);

  /** gettid(2). */
  public static final long GETTID = Arch.pick(186, 178);

  /** getuid(2). */
  public static final long GETUID = Arch.pick(102, 174);

  /** geteuid(2). */
  public static final long GETEUID = Arch.pick(107, 175);

  /** getgid(2). */
  public static final long GETGID = Arch.pick(104, 176);

  /** getegid(2). */
  public static final long GETEGID = Arch.pick(108, 177);

  /** getpgid(2). */
  public static final long GETPGID = Arch.pick(121, 155);

  /** getsid(2). */
  public static final long GETSID = Arch.pick(124, 156);

  /** getrusage(2). */
  public static final long GETRUSAGE = Arch.pick(98, 165);

  /** getrlimit(2). */
  public static final long GETRLIMIT = Arch.pick(97, 163);

  /** prlimit64(2). */
  public static final long PRLIMIT64 = Arch.pick(302, 261);

  /** uname(2). */
  public static final long UNAME = Arch.pick(63, 160);

  /** sysinfo(2). */
  public static final long SYSINFO = Arch.pick(99, 179);

  /** getrandom(2). */
  public static final long GETRANDOM = Arch.pick(318, 278);

  /** getcpu(2). */
  public static final long GETCPU = Arch.pick(309, 168);

  /** sched_yield(2). */
  public static final long SCHED_YIELD = Arch.pick(24, 124);

  /** kill(2). */
  public static final long KILL = Arch.pick(62, 129);

  /** pidfd_send_signal(2). */
  public static final long PIDFD_SEND_SIGNAL = 424;

  /** wait4(2). */
  public static final long WAIT4 = Arch.pick(61, 260);

  /** waitid(2). */
  public static final long WAITID = Arch.pick(247, 95);

  // Memory.

  /** mmap(2). */
  public static final long MMAP = Arch.pick(9, 222);

  /** mprotect(2). */
  public static final long MPROTECT = Arch.pick(10, 226);

  /** msync(2). */
  public static final long MSYNC = Arch.pick(26, 227);

  /** madvise(2). */
  public static final long MADVISE = Arch.pick(28, 233);

  /** mincore(2). */
  public static final long MINCORE = Arch.pick(27, 232);

  /** mlock(2). */
  public static final long MLOCK = Arch.pick(149, 228);

  /** munlock(2). */
  public static final long MUNLOCK = Arch.pick(150, 229);

  // Io_uring, which others compare with.

  /** io_uring_setup(2). */
  public static final long IO_URING_SETUP = 425;

  /** io_uring_enter(2). */
  public static final long IO_URING_ENTER = 426;

  /** io_uring_register(2). */
  public static final long IO_URING_REGISTER = 427;

  // Refused for some arguments.

  /** setpriority(2). */
  public static final long SETPRIORITY = Arch.pick(141, 140);

  /** getpriority(2). */
  public static final long GETPRIORITY = Arch.pick(140, 141);

  /** ioprio_set(2). */
  public static final long IOPRIO_SET = Arch.pick(251, 30);

  /** ioprio_get(2). */
  public static final long IOPRIO_GET = Arch.pick(252, 31);

  /** sched_setparam(2). */
  public static final long SCHED_SETPARAM = Arch.pick(142, 118);

  /** sched_getparam(2). */
  public static final long SCHED_GETPARAM = Arch.pick(143, 121);

  /** sched_setscheduler(2). */
  public static final long SCHED_SETSCHEDULER = Arch.pick(144, 119);

  /** sched_getscheduler(2). */
  public static final long SCHED_GETSCHEDULER = Arch.pick(145, 120);

  /** sched_setaffinity(2). */
  public static final long SCHED_SETAFFINITY = Arch.pick(203, 122);

  /** sched_getaffinity(2). */
  public static final long SCHED_GETAFFINITY = Arch.pick(204, 123);

  /** perf_event_open(2). */
  public static final long PERF_EVENT_OPEN = Arch.pick(298, 241);

  /** keyctl(2). */
  public static final long KEYCTL = Arch.pick(250, 219);

  // Refused.

  /** munmap(2). */
  public static final long MUNMAP = Arch.pick(11, 215);

  /** mremap(2). */
  public static final long MREMAP = Arch.pick(25, 216);

  /** brk(2). */
  public static final long BRK = Arch.pick(12, 214);

  /** clone(2). */
  public static final long CLONE = Arch.pick(56, 220);

  /** clone3(2). */
  public static final long CLONE3 = 435;

  /** execve(2). */
  public static final long EXECVE = Arch.pick(59, 221);

  /** execveat(2). */
  public static final long EXECVEAT = Arch.pick(322, 281);

  /** exit(2). */
  public static final long EXIT = Arch.pick(60, 93);

  /** exit_group(2). */
  public static final long EXIT_GROUP = Arch.pick(231, 94);

  /** prctl(2). */
  public static final long PRCTL = Arch.pick(157, 167);

  /** ptrace(2). */
  public static final long PTRACE = Arch.pick(101, 117);

  /** tkill(2). */
  public static final long TKILL = Arch.pick(200, 130);

  /** tgkill(2). */
  public static final long TGKILL = Arch.pick(234, 131);

  /** unshare(2). */
  public static final long UNSHARE = Arch.pick(272, 97);

  /** setns(2). */
  public static final long SETNS = Arch.pick(308, 268);

  /** seccomp(2). */
  public static final long SECCOMP = Arch.pick(317, 277);

  /** setuid(2). */
  public static final long SETUID = Arch.pick(105, 146);

  /** setgid(2). */
  public static final long SETGID = Arch.pick(106, 144);

  /** rt_sigprocmask(2). */
  public static final long RT_SIGPROCMASK = Arch.pick(14, 135);

  /** sigaltstack(2). */
  public static final long SIGALTSTACK = Arch.pick(131, 132);

  /** set_tid_address(2). */
  public static final long SET_TID_ADDRESS = Arch.pick(218, 96);

  /** set_robust_list(2). */
  public static final long SET_ROBUST_LIST = Arch.pick(273, 99);

  /** rseq(2). */
  public static final long RSEQ = Arch.pick(334, 293);

  /** personality(2). */
  public static final long PERSONALITY = Arch.pick(135, 92);

  /** capset(2). */
  public static final long CAPSET = Arch.pick(126, 91);

  /** rt_sigsuspend(2). */
  public static final long RT_SIGSUSPEND = Arch.pick(130, 133);

  /** rt_sigreturn(2). */
  public static final long RT_SIGRETURN = Arch.pick(15, 139);

  // Of x86-64 alone: −1 elsewhere.

  /** open(2); −1 on aarch64. */
  public static final long OPEN = Arch.pick(2, -1);

  /** creat(2); −1 on aarch64. */
  public static final long CREAT = Arch.pick(85, -1);

  /** stat(2); −1 on aarch64. */
  public static final long STAT = Arch.pick(4, -1);

  /** lstat(2); −1 on aarch64. */
  public static final long LSTAT = Arch.pick(6, -1);

  /** poll(2); −1 on aarch64. */
  public static final long POLL = Arch.pick(7, -1);

  /** access(2); −1 on aarch64. */
  public static final long ACCESS = Arch.pick(21, -1);

  /** pipe(2); −1 on aarch64. */
  public static final long PIPE = Arch.pick(22, -1);

  /** select(2); −1 on aarch64. */
  public static final long SELECT = Arch.pick(23, -1);

  /** dup2(2); −1 on aarch64. */
  public static final long DUP2 = Arch.pick(33, -1);

  /** getdents(2); −1 on aarch64. */
  public static final long GETDENTS = Arch.pick(78, -1);

  /** rename(2); −1 on aarch64. */
  public static final long RENAME = Arch.pick(82, -1);

  /** mkdir(2); −1 on aarch64. */
  public static final long MKDIR = Arch.pick(83, -1);

  /** rmdir(2); −1 on aarch64. */
  public static final long RMDIR = Arch.pick(84, -1);

  /** link(2); −1 on aarch64. */
  public static final long LINK = Arch.pick(86, -1);

  /** unlink(2); −1 on aarch64. */
  public static final long UNLINK = Arch.pick(87, -1);

  /** symlink(2); −1 on aarch64. */
  public static final long SYMLINK = Arch.pick(88, -1);

  /** readlink(2); −1 on aarch64. */
  public static final long READLINK = Arch.pick(89, -1);

  /** chmod(2); −1 on aarch64. */
  public static final long CHMOD = Arch.pick(90, -1);

  /** chown(2); −1 on aarch64. */
  public static final long CHOWN = Arch.pick(92, -1);

  /** epoll_create(2); −1 on aarch64. */
  public static final long EPOLL_CREATE = Arch.pick(213, -1);

  /** epoll_wait(2); −1 on aarch64. */
  public static final long EPOLL_WAIT = Arch.pick(232, -1);

  /** eventfd(2); −1 on aarch64. */
  public static final long EVENTFD = Arch.pick(284, -1);

  /** inotify_init(2); −1 on aarch64. */
  public static final long INOTIFY_INIT = Arch.pick(253, -1);

  /** fork(2); −1 on aarch64. */
  public static final long FORK = Arch.pick(57, -1);

  /** vfork(2); −1 on aarch64. */
  public static final long VFORK = Arch.pick(58, -1);

  /** arch_prctl(2); −1 on aarch64. */
  public static final long ARCH_PRCTL = Arch.pick(158, -1);

  /** time(2); −1 on aarch64. */
  public static final long TIME = Arch.pick(201, -1);

  /** getpgrp(2); −1 on aarch64. */
  public static final long GETPGRP = Arch.pick(111, -1);

  private Nr() {}

  /**
   * The name of a call, for messages: slow.
   *
   * @return such as {@code "openat"}; of a number that has no constant here {@code "syscall 999"}.
   */
  public static String name(long nr) {
    for (Field field : Nr.class.getFields()) {
      if (isNumber(field, nr)) {
        return field.getName().toLowerCase(Locale.ROOT);
      }
    }
    return "syscall " + nr;
  }

  private static boolean isNumber(Field field, long nr) {
    try {
      return nr >= 0 && field.getLong(null) == nr;
    } catch (IllegalAccessException e) {
      throw new AssertionError(field.getName(), e);
    }
  }
}
