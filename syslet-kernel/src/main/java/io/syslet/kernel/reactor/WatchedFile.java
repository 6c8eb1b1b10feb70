package io.syslet.kernel.reactor;

import org.jspecify.annotations.Nullable;

/**
 * A descriptor of the reactor's own, a duplicate of a program's, and who waits there: as long as
 * somebody does, the file stays open, as it would in a call that sleeps. Guarded by the reactor.
 */
final class WatchedFile {
  final int index;
  final int fd;
  final @Nullable FileKey key;

  /** Those who take bytes, one after the other; those who give some; and those who only look. */
  final Waiter.Queue readers = new Waiter.Queue();

  final Waiter.Queue writers = new Waiter.Queue();
  final Waiter.Queue lookers = new Waiter.Queue();

  /** How many calls keep it open. */
  int uses;

  /** Whether epoll knows of it, and what it has been asked to report. */
  boolean isKnown;

  int asked;

  WatchedFile(int index, int fd, @Nullable FileKey key) {
    this.index = index;
    this.fd = fd;
    this.key = key;
  }

  /** Where a place belongs. */
  Waiter.Queue queue(Waiter waiter) {
    WaitingCall call = waiter.call;
    if (call.form().isPolling()) {
      return lookers;
    }
    return call.form().isOut() ? writers : readers;
  }

  /** What is waited for. */
  int wanted() {
    int wanted = readers.next() == null ? 0 : Epoll.IN;
    wanted |= writers.next() == null ? 0 : Epoll.OUT;
    for (Waiter w = lookers.first(); w != null; w = lookers.behind(w)) {
      wanted |= w.events;
    }
    return wanted;
  }
}
