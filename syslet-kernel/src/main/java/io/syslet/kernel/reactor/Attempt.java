package io.syslet.kernel.reactor;

import io.syslet.Errno;
import io.syslet.Sys;
import io.syslet.kernel.Awaiter;
import io.syslet.kernel.LookTable;
import io.syslet.kernel.Submission;
import io.syslet.kernel.WaitForm;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tries calls on the thread of who makes them, and prepares those that must wait. A blocking
 * descriptor stays one, as it is shared with others: each try says itself that it will not wait.
 */
final class Attempt implements Awaiter {
  private static final int ACCESS_MODE = 3;

  final Tries tries;
  private final Reactor reactor;
  private final Facts facts;
  private final CallRegisters call = new CallRegisters();
  private final Submission none = new Submission();
  private final long task;
  private long at;
  private @Nullable WaitingCall prepared;

  Attempt(Reactor reactor, long task) {
    this.reactor = reactor;
    this.task = task;
    this.tries = new Tries(reactor.door);
    this.facts = new Facts(reactor.door);
  }

  @Override
  public long make(long registers) {
    at = registers;
    call.load(registers);
    if (!Tries.knows(call) || (call.form().isByFile() && isFile())) {
      return OTHER;
    }
    if (call.form() == WaitForm.CONNECT && !facts.isTcp(call.a0)) {
      return OTHER;
    }
    long wanted = Times.wanted(call, facts);
    if (wanted < 0) {
      return wanted == -Errno.ENOSYS ? OTHER : wanted;
    }
    long tried = tries.make(call);
    if (tried == Tries.NO_FORM) {
      return tries.isReady(call.a0, call.form().isOut()) ? OTHER : waits(0, wanted, true);
    }
    boolean isPart = call.form().isWrite() && tried >= 0 && tried < WriteProgress.total(call);
    if (tried != -Errno.EAGAIN && !isPart) {
      return tried;
    }
    return wanted == 0 ? 0 : waits(isPart ? tried : 0, wanted, false);
  }

  private boolean isFile() {
    if (facts.stat(call.a0) < 0) {
      return true;
    }
    boolean isFile = facts.isFile();
    if (isFile) {
      LookTable.waiting().note(call.a0, true);
    }
    return isFile;
  }

  /** Prepares the call to wait, of which a part may have been made: that cannot be taken back. */
  private long waits(long part, long deadline, boolean needsWorker) {
    WaitForm form = call.form();
    boolean isSingle = !form.isSleep() && !form.isPolling();
    long flags = isSingle ? facts.flags(call.a0) : 0;
    if (isSingle && !form.isEpoll() && (flags < 0 || (flags & Sys.O_NONBLOCK) != 0)) {
      return part > 0 ? part : needsWorker ? OTHER : -Errno.EAGAIN;
    }
    WaitingCall waiting = new WaitingCall(reactor, at, none);
    waiting.needsWorker = needsWorker;
    waiting.deadline = deadline;
    boolean open = reactor.opens(waiting);
    if (part > 0) {
      boolean _ = waiting.advance(part);
    }
    boolean listed = open && (isSingle ? one(waiting, (int) flags) : keeps(waiting));
    if (listed || part > 0) {
      prepared = waiting;
      return WAITS;
    }
    reactor.drop(waiting);
    return OTHER;
  }

  private boolean keeps(WaitingCall waiting) {
    return call.form().isSleep() || polls(waiting);
  }

  /** Prepares a call on one descriptor: whether its file is kept. */
  private boolean one(WaitingCall waiting, int flags) {
    WaitForm form = call.form();
    if (!form.isByFile() && facts.stat(call.a0) < 0) {
      return false;
    }
    if (facts.isSocket()) {
      int option = form.isOut() ? Facts.SO_SNDTIMEO : Facts.SO_RCVTIMEO;
      waiting.deadline = Times.deadline(facts.socketTimeout(call.a0, option));
    }
    WatchedFile file = reactor.keep(call.a0, facts.key(flags & ACCESS_MODE));
    if (file == null) {
      return false;
    }
    waiting.a0 = file.fd;
    if (form == WaitForm.CONNECT) {
      waiting.keepAddress();
    }
    waiting.places = new Waiter(waiting, file, form.isOut() ? Epoll.OUT : Epoll.IN, null);
    return true;
  }

  /** Prepares a poll: whether all its files are kept. */
  private boolean polls(WaitingCall waiting) {
    waiting.a1 = call.a1 & 0xffff_ffffL;
    if (waiting.a1 > PollSet.MOST) {
      return false;
    }
    MemorySegment set = PollSet.copy(waiting);
    waiting.memory = set;
    waiting.user = call.a0;
    waiting.a0 = set.address();
    for (int i = 0; i < waiting.a1; i++) {
      int fd = PollSet.fd(set, i);
      if (fd >= 0 && !add(waiting, set, i, fd)) {
        return false;
      }
    }
    return true;
  }

  private boolean add(WaitingCall waiting, MemorySegment set, int i, int fd) {
    if (facts.stat(fd) < 0) {
      return false;
    }
    if (!facts.isPollable()) {
      PollSet.fd(set, i, -1);
      return true;
    }
    WatchedFile file = reactor.keep(fd, facts.key((int) facts.flags(fd) & ACCESS_MODE));
    if (file == null) {
      return false;
    }
    PollSet.fd(set, i, file.fd);
    waiting.places = new Waiter(waiting, file, PollSet.events(set, i), waiting.places);
    return true;
  }

  @Override
  public void leave(Submission of, long callerData) {
    WaitingCall waiting = take();
    waiting.submission = of;
    waiting.callerData = callerData;
    waiting.recorded = reactor.recorder.begins(task, at);
    waiting.limit = of.deadline() == 0 ? Times.NEVER : of.deadline();
    reactor.begin(waiting);
  }

  @Override
  public long drop(int error) {
    WaitingCall waiting = take();
    reactor.drop(waiting);
    return waiting.cut(error);
  }

  private WaitingCall take() {
    WaitingCall waiting = Objects.requireNonNull(prepared);
    prepared = null;
    return waiting;
  }
}
