package io.syslet.server.local;

import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.client.local.ArenaFile;
import io.syslet.client.local.ArenaLayout;
import io.syslet.ring.Futex;
import io.syslet.ring.Memory;
import io.syslet.ring.ServiceRing;
import io.syslet.server.session.CallBatch;
import io.syslet.server.session.Port;
import io.syslet.server.session.PortCall;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The port of a client on the same host: a ring and an arena, two files of memory that the server
 * makes and the client maps. {@link ArenaLayout} tells how a batch goes to and fro.
 *
 * <p>The client can write all of both files at any time. So a record is copied, then the slots that
 * it names, and only the copies are looked at; every address is computed from private numbers.
 */
public final class LocalPort implements Port {
  private static final int MALFORMED_PER_POLL = 16;

  private final LocalFiles files;
  private final ArenaFile arena;
  private final ServiceRing ring;
  private final SubmissionReader queue;
  private final Arena own = Arena.ofShared();
  private final CallBatch batch = new CallBatch(own);
  private final Consumer<String> onCorrupt;
  private final Runnable onClose;
  private long clientSlots;
  private long reply;
  private boolean announced;
  private boolean reported;
  private boolean closed;

  private LocalPort(
      LocalFiles files, int elements, long position, Consumer<String> onCorrupt, Runnable onClose) {
    this.files = files;
    this.arena = files.arena;
    this.ring = ServiceRing.serve(files.ring.segment(), elements, 0, position);
    this.queue = new SubmissionReader(arena);
    this.onCorrupt = onCorrupt;
    this.onClose = onClose;
  }

  /** Makes the two files, which nobody counts. */
  public static LocalPort create(
      int ringElements, long heap, long position, Consumer<String> onCorrupt) throws IOException {
    return create(ringElements, heap, position, false, onCorrupt, () -> {});
  }

  /**
   * Makes the two files.
   *
   * @param ringElements a power of two.
   * @param heap bytes of memory for the client, {@link ArenaLayout#MIN_HEAP} to {@link
   *     ArenaLayout#MAX_HEAP}.
   * @param position of the first completion that will be posted.
   * @param takesDescriptors whether the client may pass descriptors: it gets a socket for that.
   * @param onCorrupt told once, by the poller, when the client has spoilt the submission queue;
   *     nothing is polled any more, and the connection should be ended.
   * @param onClose run once, when the memory is given back, or could not be had.
   * @throws IOException if there is no memory or no descriptor.
   * @throws IllegalArgumentException for another number of elements, or another heap.
   */
  public static LocalPort create(
      int ringElements,
      long heap,
      long position,
      boolean takesDescriptors,
      Consumer<String> onCorrupt,
      Runnable onClose)
      throws IOException {
    LocalFiles files = null;
    try {
      files = LocalFiles.create(ringElements, heap, takesDescriptors);
      return new LocalPort(files, ringElements, position, onCorrupt, onClose);
    } catch (IOException | RuntimeException e) {
      if (files != null) {
        files.close();
      }
      onClose.run();
      throw e;
    }
  }

  /**
   * Sends the descriptors of the ring, of the arena and, if there is one, of the client's end of
   * the socket for its own, in this order, over a Unix socket, together with {@code length} bytes
   * at {@code data}, at least one. Does not wait. Any thread.
   *
   * @return how many bytes were sent; −EAGAIN when the socket is full; −EBADF after {@link #close};
   *     another −errno of sendmsg(2).
   */
  public synchronized int sendFiles(int socket, long data, int length) {
    return closed ? -Errno.EBADF : files.send(socket, data, length);
  }

  /** Whether the client gets a socket to pass descriptors over. */
  public boolean takesDescriptors() {
    return files.takesDescriptors();
  }

  /** The descriptor of the ring, for {@code /proc/PID/fd}; any thread, before {@link #close}. */
  public int ringFd() {
    return files.ring.fd();
  }

  /** The descriptor of the arena, for {@code /proc/PID/fd}; any thread, before {@link #close}. */
  public int arenaFd() {
    return arena.memory.fd();
  }

  /** Bytes of the arena file. */
  public long arenaLength() {
    return arena.memory.length();
  }

  /** Batches that were taken from the client so far; any thread, may be old. */
  public long received() {
    return queue.taken();
  }

  @Override
  public @Nullable CallBatch poll() {
    if (announced) {
      announced = false;
      Memory.putIntRelease(arena.address + ArenaLayout.IDLE_OFFSET, 0);
    }
    for (int i = 0; i < MALFORMED_PER_POLL && queue.next(); i++) {
      if (take()) {
        return batch;
      }
    }
    report();
    return null;
  }

  /** Whether there is a batch now; one that is malformed is refused here. */
  private boolean take() {
    long replyOffset = arena.offset(queue.base(), queue.reply(), Long.BYTES);
    if (replyOffset < 0 || (replyOffset & 7) != 0) {
      queue.giveUp("reply word outside of the heap");
      return false;
    }
    reply = arena.address + replyOffset;
    int count = queue.count();
    if (count < 1 || count > CallBatch.CAPACITY) {
      reply(-Errno.EINVAL);
      return false;
    }
    long bytes = (long) count * CallSlots.LENGTH;
    long slots = arena.offset(queue.base(), queue.slots(), bytes);
    if (slots < 0 || (slots & 7) != 0) {
      reply(-Errno.EFAULT);
      return false;
    }
    clientSlots = arena.address + slots;
    batch.begin(count, queue.flags());
    Memory.copy(clientSlots, batch.slot(0), bytes);
    return true;
  }

  private void report() {
    String reason = queue.corrupt();
    if (reason != null && !reported) {
      reported = true;
      onCorrupt.accept(reason);
    }
  }

  @Override
  public long translate(CallBatch of, int slot, long address, long length) {
    long offset = arena.offset(queue.base(), address, length);
    return offset < 0 ? 0 : arena.address + offset;
  }

  @Override
  public int copyString(CallBatch of, int slot, long address, long to, int limit) {
    long offset = arena.offset(queue.base(), address, 1);
    if (offset < 0) {
      return -Errno.EFAULT;
    }
    long from = arena.address + offset;
    long room = arena.heapOffset + arena.heapLength - offset;
    int most = (int) Math.min(limit, room);
    for (int i = 0; i < most; i++) {
      byte next = Memory.getByte(from + i);
      Memory.putByte(to + i, next);
      if (next == 0) {
        return i;
      }
    }
    return room < limit ? -Errno.EFAULT : -Errno.ENAMETOOLONG;
  }

  @Override
  public void answer(CallBatch of, int accepted) {
    for (int i = 0; i < accepted; i++) {
      Memory.putLong(clientSlots + (long) i * CallSlots.LENGTH + CallSlots.STATUS, of.status(i));
    }
    reply(accepted);
  }

  private void reply(int result) {
    long word = ArenaLayout.ANSWERED | Integer.toUnsignedLong(result);
    if (Memory.getAndSetLong(reply, word) == ArenaLayout.ASLEEP) {
      Futex.wakeAll(reply + ArenaLayout.REPLY_FUTEX);
    }
  }

  /** There is always room: the session sees to it, and the ring believes no tail that goes back. */
  @Override
  public void complete(long callerData, long status, @Nullable PortCall call) {
    if (ring.post(status, callerData) != 0) {
      throw new IllegalStateException("more completions than the ring has room for");
    }
  }

  @Override
  public void flush() {
    ring.publish();
  }

  @Override
  public boolean idle() {
    announced = true;
    Memory.putIntVolatile(arena.address + ArenaLayout.IDLE_OFFSET, 1);
    return queue.isEmpty();
  }

  @Override
  public long consumed() {
    return ring.consumed();
  }

  @Override
  public int capacity() {
    return ring.elements();
  }

  @Override
  public int passingSocket() {
    return files.passingSocket();
  }

  @Override
  public synchronized int takePassingSocket() {
    return files.takePassingSocket();
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      files.close();
      own.close();
      onClose.run();
    }
  }
}
