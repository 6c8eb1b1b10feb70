package io.syslet.kernel.sim;

import io.syslet.Errno;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A thread of the machine, as far as calls and wait queues know it: who it is, what its call holds,
 * and where it sleeps. A {@link Worker} is one, and so is a host thread that is inside.
 */
abstract class SimThread {
  /** Woken, and how: 0, −ETIME, −EINTR. */
  int reason;

  /** Where it sleeps, and between whom. */
  @Nullable SimWaitQueue sleepsIn;

  @Nullable SimThread before;
  @Nullable SimThread behind;

  /** Counts its sleeps, so that a late wake-up knows its own. */
  int sleeps;

  /** The call may not sleep: {@link io.syslet.Syslet#NONBLOCK}. */
  boolean mustNotBlock;

  /** Every sleep ends with −EINTR. */
  boolean killed;

  /** An interruptible sleep ends with −EINTR. */
  boolean signalled;

  /** Who it is; taken from the process when it takes over a user. */
  Credentials credentials = Credentials.ROOT;

  private boolean interruptible;
  private @Nullable File file;
  private @Nullable ArrayList<File> files;

  /** The call keeps a file until it ends. */
  final void keep(File kept) {
    if (file == kept) {
      return;
    }
    kept.hold();
    if (file == null) {
      file = kept;
      return;
    }
    if (files == null) {
      files = new ArrayList<>(2);
    }
    files.add(kept);
  }

  /** The call has ended: drops its files. */
  final void dropFiles() {
    File first = file;
    file = null;
    if (first != null) {
      first.drop();
    }
    ArrayList<File> more = files;
    files = null;
    if (more != null) {
      more.forEach(File::drop);
    }
  }

  /** Whether the thread may sleep now: 0; −EINTR, −EAGAIN. */
  final int maySleep(boolean forSignals) {
    interruptible = forSignals;
    if (killed || (forSignals && signalled)) {
      return -Errno.EINTR;
    }
    return mustNotBlock ? -Errno.EAGAIN : 0;
  }

  /** The thread really sleeps now: the hook. */
  abstract void blocks();

  /** Gives up the processor until it has been made ready. */
  abstract void leave();

  /** Takes the thread out of its wait queue and lets it run on. */
  final void wake(MachineCore machine, int why) {
    SimWaitQueue queue = sleepsIn;
    if (queue != null) {
      queue.remove(this);
      reason = why;
      machine.ready(this);
    }
  }

  /** The thread is to end its call: wakes it wherever it sleeps. */
  final void kill(MachineCore machine) {
    killed = true;
    wake(machine, -Errno.EINTR);
  }

  /** A signal is pending: wakes the thread if it minds. */
  final void signal(MachineCore machine) {
    signalled = true;
    if (interruptible) {
      wake(machine, -Errno.EINTR);
    }
  }

  /** A fault kills the thread, or the task whose thread this is. */
  abstract void die();

  /** A number, for traces. */
  abstract int id();
}
