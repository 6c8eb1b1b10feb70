package io.syslet.client;

import java.lang.foreign.Arena;

/**
 * The machine of a {@link RemoteKernel}: takes batches to the server and brings back what became of
 * them, and the completions to {@link InFlight}.
 */
interface Link extends AutoCloseable {
  /**
   * Submits the first {@code count} of a task's own slots, and waits for the answer, also over a
   * lost connection and its resumption. The task's thread.
   *
   * @return how many were accepted, whose statuses are in the slots; or −errno: none was.
   *     −ENOTCONN: the session is lost.
   */
  int submit(RemoteTask task, int count);

  /** Memory that calls may use: programs', and the tasks' slots. Not to be closed. */
  Arena arena();

  /**
   * Passes a descriptor of this process to the server, which {@code Wire.ADOPT} with the same
   * cookie takes. Does not wait.
   *
   * @return 0; −EOPNOTSUPP: the server takes none; another −errno of sendmsg(2).
   */
  int pass(int descriptor, long cookie);

  /** Calls that may be pending at a time. */
  int maxInFlight();

  /** Messages sent and got over the socket so far. */
  long messages();

  /** Ends the connection as a fault of the network would; the link goes on. */
  void breakConnection();

  /** Says goodbye and ends the connection; later batches are −ENOTCONN. The memory stays. */
  @Override
  void close();

  /** Gives the memory back: nobody uses it any more. After {@link #close}. */
  void free();
}
