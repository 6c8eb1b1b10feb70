package io.syslet.server.policy;

import io.syslet.Errno;
import io.syslet.server.guard.Quota;
import java.util.Arrays;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The descriptors of a session. Its numbers are the session's own: the lowest that is free, from 3
 * on, and never the server's. A number is looked up here and nowhere else, so a client can name
 * nothing that it did not open.
 *
 * <p>A call that makes a descriptor first takes room for it ({@link #reserve}), so that nothing has
 * to be undone when it has been made. The poller's alone.
 */
public final class DescriptorTable {
  /** The lowest number: 0, 1 and 2 are closed. */
  static final int FIRST = 3;

  private final int limit;
  private final Quota.Share budget;
  private final IntConsumer closer;
  private @Nullable Descriptor[] byNumber = new @Nullable Descriptor[16];
  private Descriptor[] unused = new Descriptor[0];
  private int spare;
  private int lowest = FIRST;
  private int taken;

  /**
   * @param limit descriptors at once.
   * @param budget what the peer's sessions may have of all.
   * @param closer gets the server's descriptors that are to be closed.
   */
  public DescriptorTable(int limit, Quota.Share budget, IntConsumer closer) {
    this.limit = limit;
    this.budget = budget;
    this.closer = closer;
  }

  /** Has a descriptor of the server closed, later. */
  public void closeHost(int host) {
    closer.accept(host);
  }

  /** Room for {@code n} descriptors: 0, −EMFILE or −ENFILE. */
  int reserve(int n) {
    if (taken + n > limit) {
      return -Errno.EMFILE;
    }
    if (!budget.take(n, taken)) {
      return -Errno.ENFILE;
    }
    taken += n;
    return 0;
  }

  /** Room for a descriptor of that number; there always is if it takes another's place. */
  int reserveAt(int number) {
    if (get(number) == null) {
      return reserve(1);
    }
    budget.adopt(1);
    taken++;
    return 0;
  }

  /** Gives room back that was not needed. */
  void unreserve(int n) {
    taken -= n;
    budget.give(n);
  }

  /** Descriptors open, and those being made. */
  int count() {
    return taken;
  }

  /** The highest number that there may be, plus 1. */
  int limit() {
    return limit + FIRST;
  }

  /** The open descriptor of a number, or null. */
  @Nullable Descriptor get(int number) {
    Descriptor found = number >= 0 && number < byNumber.length ? byNumber[number] : null;
    return found == null || found.isClosing ? null : found;
  }

  /**
   * Whether a call may be made that asks for the rights of its caller, not for those that a file
   * was opened with: 0; −EPERM if the client has passed the descriptor, −EBADF if there is none.
   */
  int mayChange(int number) {
    Descriptor found = get(number);
    if (found == null) {
      return -Errno.EBADF;
    }
    return found.isPassed() ? -Errno.EPERM : 0;
  }

  /**
   * Gives a host descriptor the lowest free number from {@code from} on, in room that was reserved.
   *
   * @return the number; −EMFILE if there is none below the limit, and the room is given back.
   */
  int install(int host, int kind, int flags, int closeOnExec, int from) {
    int number = Math.max(from, lowest);
    while (number < byNumber.length && byNumber[number] != null) {
      number++;
    }
    if (number >= limit()) {
      unreserve(1);
      closer.accept(host);
      return -Errno.EMFILE;
    }
    put(number, host, kind, flags, closeOnExec);
    if (from <= lowest) {
      lowest = number + 1;
    }
    return number;
  }

  /** Gives a host descriptor that number, whose descriptor, if there is one, is closed before. */
  int replace(int number, int host, int kind, int flags, int closeOnExec) {
    Descriptor old = number < byNumber.length ? byNumber[number] : null;
    if (old != null) {
      close(old);
    }
    put(number, host, kind, flags, closeOnExec);
    return number;
  }

  private void put(int number, int host, int kind, int flags, int closeOnExec) {
    if (number >= byNumber.length) {
      byNumber = Arrays.copyOf(byNumber, Math.max(number + 1, 2 * byNumber.length));
    }
    Descriptor descriptor = spare > 0 ? unused[--spare] : new Descriptor();
    descriptor.set(host, kind, flags, closeOnExec);
    descriptor.number = number;
    byNumber[number] = descriptor;
  }

  /** Takes the number away; calls under way go on. */
  void free(Descriptor descriptor) {
    int number = descriptor.number;
    byNumber[number] = null;
    lowest = Math.min(lowest, Math.max(number, FIRST));
    descriptor.number = Descriptor.NONE;
    descriptor.isClosing = true;
    unreserve(1);
  }

  /** A call that names the descriptor begins. */
  static void use(Descriptor descriptor) {
    descriptor.users++;
  }

  /** A call that named the descriptor has ended: closes it if it has no number any more. */
  void release(Descriptor descriptor) {
    descriptor.users--;
    if (descriptor.number == Descriptor.NONE) {
      closeIfUnused(descriptor);
    }
  }

  /** A descriptor without a number, held open until {@link #letGo}; needs no room. */
  Descriptor held(int host) {
    Descriptor descriptor = spare > 0 ? unused[--spare] : new Descriptor();
    descriptor.set(host, Descriptor.FILE, 0, 0);
    descriptor.number = Descriptor.HELD;
    return descriptor;
  }

  /** Closes a held descriptor once no call under way names it. */
  void letGo(Descriptor descriptor) {
    descriptor.number = Descriptor.NONE;
    closeIfUnused(descriptor);
  }

  /** Takes the number away, and closes the descriptor once no call under way names it. */
  void close(Descriptor descriptor) {
    free(descriptor);
    closeIfUnused(descriptor);
  }

  private void closeIfUnused(Descriptor descriptor) {
    if (descriptor.users == 0) {
      closer.accept(descriptor.host);
      recycle(descriptor);
    }
  }

  /** The descriptor is closed, and used by nobody: the object may stand for another. */
  void recycle(Descriptor descriptor) {
    if (spare == unused.length) {
      unused = Arrays.copyOf(unused, Math.max(16, 2 * spare));
    }
    unused[spare++] = descriptor;
  }

  /** The session is over: closes what no call under way names; the rest follows with the calls. */
  void closeAll() {
    for (Descriptor descriptor : byNumber) {
      if (descriptor != null) {
        close(descriptor);
      }
    }
  }
}
