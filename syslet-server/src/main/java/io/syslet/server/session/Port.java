package io.syslet.server.session;

import org.jspecify.annotations.Nullable;

/**
 * Where a session's calls come from and its answers go. All methods are called by the session's
 * poller alone and must not wait for the client.
 *
 * <p>A batch is polled, answered, and only then the next one polled. Memory that {@link #translate}
 * has named stays readable and writable until {@link #close}, which comes after the last call that
 * may use it has ended.
 */
public interface Port extends AutoCloseable {
  /**
   * The client's next batch, its slots copied to private memory; null if there is none. Batches
   * that are malformed are the port's to refuse.
   */
  @Nullable CallBatch poll();

  /**
   * Where memory that the client names lies in this process.
   *
   * @param slot of the batch, whose call names the memory.
   * @param address as the client sees it.
   * @param length bytes, 0 or more; {@link Long#MAX_VALUE} is more than there can be.
   * @return the address here; 0 unless all of it is the client's, which the session takes for
   *     −EFAULT.
   */
  long translate(CallBatch batch, int slot, long address, long length);

  /**
   * Copies a string of the client, with its NUL, to private memory. Bytes are read once.
   *
   * @param to where there is room for {@code limit} bytes.
   * @param limit bytes with the NUL, at most.
   * @return its length without the NUL; −EFAULT if the client's memory ends before it does;
   *     −ENAMETOOLONG if there is no NUL among {@code limit} bytes.
   */
  int copyString(CallBatch batch, int slot, long address, long to, int limit);

  /**
   * Answers a batch, which is done afterwards. If the last accepted slot's status is
   * −ESYSLETPENDING, its completion comes later; {@link CallBatch#pending} is that call.
   *
   * @param accepted how many slots from the first on were accepted, whose statuses the batch has;
   *     or −errno: none was.
   */
  void answer(CallBatch batch, int accepted);

  /**
   * Posts a completion behind the last one. The journal has it already. There is room: the session
   * lets no more calls go pending than {@link #capacity} less what is not consumed.
   *
   * @param call what {@link #answer} got as pending; null for a call that a port before this one
   *     answered, also before a restart.
   */
  void complete(long callerData, long status, @Nullable PortCall call);

  /** Shows what was posted to the client, and wakes it. Ends a run of {@link #complete}. */
  void flush();

  /**
   * Announces that the poller is about to stop polling; {@link Sessions#bell} ends that.
   *
   * @return whether there is still nothing to do, seen after the announcement (full fence).
   */
  boolean idle();

  /**
   * How many completions of this session the client has consumed so far: from the session's first
   * on, over all its ports. Never falls, and never exceeds what was posted.
   */
  long consumed();

  /** Completions that may be posted and not consumed, at most: the elements of the ring. */
  int capacity();

  /** The socket over which the client passes descriptors; −1 if it cannot. */
  default int passingSocket() {
    return -1;
  }

  /** That socket, which is the caller's to close from now on, or −1. */
  default int takePassingSocket() {
    return -1;
  }

  /** The session needs the port no more: no call in flight uses its memory. Never waits. */
  @Override
  void close();
}
