package io.syslet.server.policy;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Stat;
import io.syslet.client.wire.Wire;
import io.syslet.server.policy.DupRule.Form;
import io.syslet.table.CallTable;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which calls clients may make: a list, by number, of what is allowed and how it is made safe.
 * Anything else is −EPERM, or −ENOSYS if there is no such call. Immutable; any thread.
 *
 * <p>The list holds calls that read below the root, that wait, and that concern the session's own
 * descriptors. Those that change files below the root are added when writing is granted, and the
 * one that takes a client's own descriptor when that is. No other call is on it that makes a
 * descriptor from something of the client's, names a process, a thread, a socket or an address
 * space, or hands out what {@link PlainRule} cannot describe.
 */
public final class Policy {
  private static final int NUMBERS = 512;

  /** CLOCK_ numbers that tell the time of the machine, not of a process of the server. */
  private static final int CLOCKS = 1 << 0 | 1 << 1 | 1 << 4 | 1 << 5 | 1 << 6 | 1 << 7 | 1 << 11;

  private static final Rule PLAIN = new PlainRule();
  private static final Rule CANCEL = new AnswerRule(Operation::cancelOthers);
  private static final Rule REFUSAL = new RefusalRule();

  private final @Nullable Rule[] rules = new @Nullable Rule[NUMBERS];
  private final Rule adopt;
  private final boolean canWrite;
  private final @Nullable HiddenFolder hidden;

  /**
   * @param canWrite whether calls that change files are allowed.
   * @param takesDescriptors whether clients may pass descriptors of theirs.
   * @param hidden a folder of which nothing is opened, true and absolute; null for none.
   */
  public Policy(boolean canWrite, boolean takesDescriptors, @Nullable Path hidden) {
    this.canWrite = canWrite;
    this.adopt = takesDescriptors ? new AdoptRule(new PassedFile(canWrite, hidden)) : REFUSAL;
    this.hidden = hidden == null ? null : new HiddenFolder(hidden);
    readFiles();
    openFiles();
    lookUp();
    waiting();
    aboutItself();
    if (canWrite) {
      writeFiles();
      changeNames();
    }
  }

  /** Whether clients may make a call, with the right arguments. */
  public boolean allows(long nr) {
    return rule(nr) != REFUSAL;
  }

  /** How a call is made, or refused. */
  Rule rule(long nr) {
    int n = (int) nr;
    if (n == Wire.ADOPT || n == Wire.CANCEL) {
      return n == Wire.ADOPT ? adopt : CANCEL;
    }
    Rule rule = n >= 0 && n < NUMBERS ? rules[n] : null;
    return rule == null ? REFUSAL : rule;
  }

  /** Why a call without a rule is refused. */
  static int refusal(long nr) {
    return CallTable.isKnown(nr) || nr == Wire.ADOPT ? -Errno.EPERM : -Errno.ENOSYS;
  }

  /** Numbers that the host does not have are negative. */
  private void allow(long nr, Rule rule) {
    if (nr >= 0) {
      rules[(int) nr] = rule;
    }
  }

  private void readFiles() {
    allow(Nr.READ, new TransferRule(Nr.READ, false, false));
    allow(Nr.READV, new TransferRule(Nr.READV, true, false));
    allow(Nr.PREAD64, PLAIN);
    allow(Nr.PREADV, new TransferRule(Nr.PREADV, true, false));
    allow(Nr.PREADV2, new TransferRule(Nr.PREADV2, true, false));
    allow(Nr.LSEEK, PLAIN);
    allow(Nr.GETDENTS, PLAIN);
    allow(Nr.GETDENTS64, PLAIN);
    allow(Nr.READAHEAD, PLAIN);
    allow(Nr.FADVISE64, PLAIN);
    allow(Nr.FSTAT, PLAIN);
    allow(Nr.FSTATFS, PLAIN);
    // What is no file of the root may be written to: a session's own pipes and eventfds.
    allow(Nr.WRITE, new TransferRule(Nr.WRITE, false, true));
    allow(Nr.WRITEV, new TransferRule(Nr.WRITEV, true, true));
  }

  private void openFiles() {
    allow(Nr.OPEN, new OpenRule(OpenForm.OPEN, canWrite, hidden));
    allow(Nr.CREAT, new OpenRule(OpenForm.CREAT, canWrite, hidden));
    allow(Nr.OPENAT, new OpenRule(OpenForm.OPENAT, canWrite, hidden));
    allow(Nr.OPENAT2, new OpenRule(OpenForm.OPENAT2, canWrite, hidden));
    allow(Nr.CLOSE, new CloseRule());
    allow(Nr.DUP, new DupRule(Form.DUP));
    allow(Nr.DUP2, new DupRule(Form.DUP2));
    allow(Nr.DUP3, new DupRule(Form.DUP3));
    allow(Nr.FCNTL, new FcntlRule());
    allow(Nr.PIPE, new ChannelRule(ChannelRule.Form.PIPE, -1));
    allow(Nr.PIPE2, new ChannelRule(ChannelRule.Form.PIPE, 1));
    allow(Nr.EVENTFD, new ChannelRule(ChannelRule.Form.EVENTFD, -1));
    allow(Nr.EVENTFD2, new ChannelRule(ChannelRule.Form.EVENTFD, 1));
    allow(Nr.EPOLL_CREATE1, new ChannelRule(ChannelRule.Form.EPOLL, 0));
  }

  private void lookUp() {
    allow(Nr.STATX, new StatxRule());
    allow(Nr.NEWFSTATAT, StatRule.newfstatat());
    allow(Nr.STAT, StatRule.stat());
    allow(Nr.LSTAT, StatRule.lstat());
    allow(Nr.READLINKAT, ReadlinkRule.readlinkat());
    allow(Nr.READLINK, ReadlinkRule.readlink());
    allow(Nr.FACCESSAT2, AccessRule.faccessat2());
    allow(Nr.FACCESSAT, AccessRule.faccessat());
    allow(Nr.ACCESS, AccessRule.access());
    allow(Nr.STATFS, new StatfsRule());
    allow(Nr.CHDIR, new DirectoryRule(true));
    allow(Nr.FCHDIR, new DirectoryRule(false));
    allow(Nr.GETCWD, new GetcwdRule());
  }

  private void waiting() {
    allow(Nr.EPOLL_CTL, new EpollCtlRule());
    allow(Nr.EPOLL_WAIT, new EpollWaitRule(EpollWaitRule.Form.EPOLL_WAIT));
    allow(Nr.EPOLL_PWAIT, new EpollWaitRule(EpollWaitRule.Form.EPOLL_PWAIT));
    allow(Nr.EPOLL_PWAIT2, new EpollWaitRule(EpollWaitRule.Form.EPOLL_PWAIT2));
    allow(Nr.POLL, new PollRule(false));
    allow(Nr.PPOLL, new PollRule(true));
    allow(Nr.NANOSLEEP, new SleepRule(false));
    allow(Nr.CLOCK_NANOSLEEP, new SleepRule(true));
    allow(Nr.CLOCK_GETTIME, new GuardedRule(Policy::clock, PLAIN));
    allow(Nr.CLOCK_GETRES, new GuardedRule(Policy::clock, PLAIN));
    allow(Nr.GETTIMEOFDAY, PLAIN);
    allow(Nr.TIME, PLAIN);
  }

  private static int clock(Operation op) {
    int clock = op.intArgument(0);
    return clock >>> 4 == 0 && (CLOCKS >>> clock & 1) != 0 ? 0 : -Errno.EINVAL;
  }

  /** Who calls: the process is the client's, as it was introduced; the rights are the server's. */
  private void aboutItself() {
    allow(Nr.GETPID, new AnswerRule(op -> op.process().pid()));
    allow(Nr.GETTID, new AnswerRule(op -> op.process().pid()));
    allow(Nr.GETPPID, new AnswerRule(op -> 0));
    allow(Nr.GETUID, PLAIN);
    allow(Nr.GETEUID, PLAIN);
    allow(Nr.GETGID, PLAIN);
    allow(Nr.GETEGID, PLAIN);
    allow(Nr.SCHED_YIELD, new AnswerRule(op -> 0));
    allow(Nr.PRLIMIT64, new PrlimitRule());
    allow(Nr.UNAME, PLAIN);
    allow(Nr.GETRANDOM, PLAIN);
  }

  private void writeFiles() {
    allow(Nr.PWRITE64, PLAIN);
    allow(Nr.PWRITEV, new TransferRule(Nr.PWRITEV, true, true));
    allow(Nr.PWRITEV2, new TransferRule(Nr.PWRITEV2, true, true));
    allow(Nr.FSYNC, PLAIN);
    allow(Nr.FDATASYNC, PLAIN);
    allow(Nr.SYNC_FILE_RANGE, PLAIN);
    allow(Nr.FTRUNCATE, PLAIN);
    allow(Nr.FALLOCATE, PLAIN);
    allow(Nr.COPY_FILE_RANGE, PLAIN);
    allow(Nr.FCHMOD, new GuardedRule(Policy::mode, PLAIN));
    allow(Nr.FCHMODAT, ChmodRule.fchmodat());
    allow(Nr.CHMOD, ChmodRule.chmod());
    allow(Nr.UTIMENSAT, new UtimensRule());
  }

  private static int mode(Operation op) {
    int error = op.descriptors().mayChange(op.intArgument(0));
    return error < 0 ? error : Modes.permitted(op.intArgument(1));
  }

  private void changeNames() {
    allow(Nr.MKDIRAT, NameRules.mkdir(0, 1));
    allow(Nr.MKDIR, NameRules.mkdir(-1, 0));
    allow(Nr.UNLINKAT, NameRules.unlinkat());
    allow(Nr.UNLINK, NameRules.unlink(0));
    allow(Nr.RMDIR, NameRules.unlink(Stat.AT_REMOVEDIR));
    allow(Nr.RENAMEAT2, NameRules.renameat2());
    allow(CallTable.number("renameat"), NameRules.renameat());
    allow(Nr.RENAME, NameRules.rename());
    allow(Nr.LINKAT, NameRules.linkat());
    allow(Nr.LINK, NameRules.link());
    allow(Nr.SYMLINKAT, NameRules.symlinkat());
    allow(Nr.SYMLINK, NameRules.symlink());
  }
}
