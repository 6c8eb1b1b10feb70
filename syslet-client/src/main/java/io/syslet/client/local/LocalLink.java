package io.syslet.client.local;

import io.syslet.ring.Memory;
import io.syslet.ring.RingView;
import io.syslet.ring.SharedMemory;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * The client's side of a {@link LocalPort}: maps the two files, gives out memory that calls may
 * use, submits batches and lets completions be drained. Knows nothing of the socket but how to ring
 * the bell. Any thread, but for the {@linkplain #ring ring}, which has one consumer.
 */
public final class LocalLink implements AutoCloseable {
  private static final long DEFAULT_SPIN_NANOS = 30_000;
  private static final int PAYLOAD = ArenaLayout.RECORD_LENGTH - ArenaLayout.RECORD_HEADER;

  private final SharedMemory ringMemory;
  private final ArenaFile arena;
  private final RingView ring;
  private final Heap heap;
  private final ManyToOneRingBuffer queue;
  private final UnsafeBuffer records;
  private final long idle;
  private final List<Submitter> submitters = new CopyOnWriteArrayList<>();
  private volatile Runnable bell;
  private volatile boolean broken;
  private volatile long spinNanos = DEFAULT_SPIN_NANOS;

  private LocalLink(SharedMemory ringMemory, ArenaFile arena, Runnable bell) {
    this.ringMemory = ringMemory;
    this.arena = arena;
    this.bell = bell;
    this.ring = RingView.of(ringMemory.segment());
    this.heap = new Heap(arena.memory.segment().asSlice(arena.heapOffset));
    this.records =
        new UnsafeBuffer(
            arena.address + ArenaLayout.QUEUE_OFFSET,
            arena.queueCapacity + RingBufferDescriptor.TRAILER_LENGTH);
    this.queue = new ManyToOneRingBuffer(records);
    this.idle = arena.address + ArenaLayout.IDLE_OFFSET;
  }

  /**
   * Maps files whose descriptors came over the socket. They belong to the link from now on, also
   * when this fails.
   *
   * @param bell sends a BELL; called by a submitting thread when the server has gone to sleep.
   * @throws IOException if they are not a ring and an arena.
   */
  public static LocalLink adopt(int ringFd, int arenaFd, Runnable bell) throws IOException {
    SharedMemory ring;
    try {
      ring = SharedMemory.adopt(ringFd);
    } catch (IOException e) {
      SharedMemory.discard(arenaFd);
      throw e;
    }
    return of(ring, () -> SharedMemory.adopt(arenaFd), bell);
  }

  /**
   * The same by path, for a client of the server's user whose transport cannot pass descriptors:
   * {@code /proc/PID/fd/N} of the server.
   *
   * @throws IOException if they cannot be opened, or are not a ring and an arena.
   */
  public static LocalLink open(Path ring, Path arena, Runnable bell) throws IOException {
    return of(SharedMemory.open(ring), () -> SharedMemory.open(arena), bell);
  }

  private interface Opening {
    SharedMemory open() throws IOException;
  }

  private static LocalLink of(SharedMemory ring, Opening arena, Runnable bell) throws IOException {
    ArenaFile file = null;
    try {
      file = ArenaFile.of(arena.open());
      return new LocalLink(ring, file, bell);
    } catch (IOException | IllegalArgumentException e) {
      ring.close();
      if (file != null) {
        file.close();
      }
      throw new IOException("not a session's memory", e);
    }
  }

  /** Where completions come in: one thread drains, one waits. */
  public RingView ring() {
    return ring;
  }

  /** Memory that calls may use; given back at {@link #close}, all at once. */
  public Arena arena() {
    return heap;
  }

  /** Bytes of the arena that were given out so far. */
  public long used() {
    return heap.used();
  }

  /**
   * Something to submit with, for one thread at a time. There is no end to it before that of the
   * link, so a thread that goes passes it on.
   */
  public Submitter submitter() {
    long words = heap.allocate(Submitter.LENGTH, Submitter.LENGTH).address();
    Submitter submitter = new Submitter(this, words);
    submitters.add(submitter);
    return submitter;
  }

  /**
   * How long a submitter looks for its answer before it sleeps, beside the microsecond and a half
   * for each call: nanoseconds, 0 or more.
   */
  public void spinNanos(long nanos) {
    spinNanos = nanos;
  }

  long spinNanos() {
    return spinNanos;
  }

  /** Puts a batch into the queue, and rings if need be. Returns false if the queue is full. */
  boolean enqueue(long slots, long reply, int count, int flags) {
    int index = queue.tryClaim(ArenaLayout.BATCH_TYPE, PAYLOAD);
    if (index < 0) {
      return false;
    }
    int record = index - ArenaLayout.RECORD_HEADER;
    records.putLong(record + ArenaLayout.BASE, arena.address);
    records.putLong(record + ArenaLayout.SLOTS, slots);
    records.putLong(record + ArenaLayout.REPLY, reply);
    records.putInt(record + ArenaLayout.COUNT, count);
    records.putInt(record + ArenaLayout.FLAGS, flags);
    queue.commit(index);
    VarHandle.fullFence();
    if (Memory.getInt(idle) != 0 && Memory.compareAndSetInt(idle, 1, 0)) {
      bell.run();
    }
    return true;
  }

  /**
   * The connection to the server is gone: waiting submitters answer −ECONNRESET, others −ENOTCONN
   * from now on. Any thread.
   */
  public void disconnected() {
    broken = true;
    submitters.forEach(Submitter::reset);
  }

  /**
   * There is a new connection to the same server and the same session: goes on. Rings once, since a
   * bell may have been lost with the old one.
   */
  public void reconnected(Runnable newBell) {
    bell = newBell;
    broken = false;
    newBell.run();
  }

  boolean isBroken() {
    return broken;
  }

  /**
   * Tells waiting threads as {@link #disconnected} does, then unmaps. Who still uses memory of it
   * by address faults, so the owner calls this when its threads have ended.
   */
  @Override
  public void close() {
    disconnected();
    ring.close();
    ringMemory.close();
    arena.close();
  }
}
