package io.syslet.server.policy;

import io.syslet.Errno;
import io.syslet.Sys;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The descriptors that a client's call holds until it has ended: those of the client that it uses,
 * and those of the server that belong to it alone. The poller's alone.
 */
abstract class CallHoldings extends CallArguments {
  /** Descriptors of the server that belong to this call, or −1. */
  int host;

  int secondHost;

  /** A descriptor of the client that the call is about, if the rule says so. */
  @Nullable Descriptor subject;

  private final IntConsumer closer;
  private @Nullable ClientProcess process;
  private Descriptor[] used = new Descriptor[2];
  private int usedCount;

  /**
   * @param closer gets the server's descriptors that the call has done with.
   */
  CallHoldings(IntConsumer closer) {
    this.closer = closer;
  }

  /** A call of a client begins, which holds nothing. */
  final void begin(ClientProcess caller) {
    process = caller;
    host = -1;
    secondHost = -1;
    usedCount = 0;
  }

  /** Lets go of everything: the call is over. */
  protected final void endCall() {
    DescriptorTable table = descriptors();
    for (int i = 0; i < usedCount; i++) {
      table.release(used[i]);
    }
    usedCount = 0;
    subject = null;
    closeOwn();
  }

  final ClientProcess process() {
    return Objects.requireNonNull(process);
  }

  final DescriptorTable descriptors() {
    return process().descriptors();
  }

  /** Whether the client is gone for good: nobody is told of the call. */
  final boolean isOver() {
    return process().hasEnded();
  }

  /** The open descriptor of a client's number, held until the call has ended; or null. */
  final @Nullable Descriptor use(int number) {
    Descriptor found = descriptors().get(number);
    if (found != null) {
      hold(found);
    }
    return found;
  }

  private void hold(Descriptor descriptor) {
    if (usedCount == used.length) {
      used = Arrays.copyOf(used, 2 * usedCount);
    }
    DescriptorTable.use(descriptor);
    used[usedCount++] = descriptor;
  }

  /**
   * The host's descriptor that paths of the client's {@code dirfd} are relative to; −EBADF; −EPERM
   * for one that the client has passed: there the server would look with its own rights.
   */
  final int base(int dirfd) {
    if (dirfd == Sys.AT_FDCWD) {
      Descriptor directory = process().workingDirectory();
      hold(directory);
      return directory.host;
    }
    Descriptor found = use(dirfd);
    return found == null || found.isPassed() ? descriptors().mayChange(dirfd) : found.host;
  }

  /** Gives the descriptor that a host call made to the client: its number, or −EMFILE. */
  final long install(int descriptor, int kind, int flags, int from) {
    if (isOver()) {
      descriptors().unreserve(1);
      closer.accept(descriptor);
      return -Errno.ECANCELED;
    }
    return descriptors().install(descriptor, kind, flags & ~Sys.O_CLOEXEC, cloexec(flags), from);
  }

  /** Gives it the client's number {@code number}, closing what that named. */
  final long replace(int number, int descriptor, int kind, int flags) {
    if (isOver()) {
      return install(descriptor, kind, flags, number);
    }
    return descriptors().replace(number, descriptor, kind, flags & ~Sys.O_CLOEXEC, cloexec(flags));
  }

  private static int cloexec(int flags) {
    return (flags & Sys.O_CLOEXEC) != 0 ? Sys.FD_CLOEXEC : 0;
  }

  /** Closes the descriptors of the server that belong to this call, later. */
  final void closeOwn() {
    if (host >= 0) {
      closer.accept(host);
      host = -1;
    }
    if (secondHost >= 0) {
      closer.accept(secondHost);
      secondHost = -1;
    }
  }
}
