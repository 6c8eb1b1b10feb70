package io.syslet.server.session;

import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A port to a client in this process: a queue of batches, and memory that both can reach. The
 * client's addresses differ from the server's by a constant, as those of another process would.
 */
final class HeapPort implements Port {
  /** What the client adds to the server's addresses. */
  static final long OFFSET = 0x7000_0000_0000_0000L;

  /** A completion as the client sees it. */
  record Completion(long callerData, long status) {}

  private record Submission(
      long slots, int count, int flags, CompletableFuture<Integer> accepted) {}

  final LinkedBlockingQueue<Completion> completions = new LinkedBlockingQueue<>();
  volatile boolean isIdle;
  volatile boolean isClosed;
  volatile long polls;
  volatile int passing = -1;
  volatile @Nullable Error failure;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment heap;
  private final CallBatch batch = new CallBatch(arena);
  private final int capacity;
  private final AtomicLong consumed;
  private final ConcurrentLinkedQueue<Submission> submissions = new ConcurrentLinkedQueue<>();
  private final List<Completion> posted = new ArrayList<>();
  private long used;

  HeapPort(long size, int capacity, long consumed) {
    this.heap = arena.allocate(size, 4096);
    this.capacity = capacity;
    this.consumed = new AtomicLong(consumed);
  }

  // ---- the client's side

  /** Client memory: its address as the client sees it. */
  synchronized long allocate(long size) {
    used = used + 127 & ~127L;
    if (used + size > heap.byteSize()) {
      throw new OutOfMemoryError("client memory");
    }
    long address = heap.address() + used + OFFSET;
    used += size;
    return address;
  }

  /** The same memory as this process sees it. */
  static long here(long clientAddress) {
    return clientAddress - OFFSET;
  }

  /** The first address behind the client's memory. */
  long end() {
    return heap.address() + heap.byteSize() + OFFSET;
  }

  CompletableFuture<Integer> submit(long slots, int count, int flags) {
    CompletableFuture<Integer> accepted = new CompletableFuture<>();
    submissions.add(new Submission(slots, count, flags, accepted));
    return accepted;
  }

  void consumed(int more) {
    consumed.addAndGet(more);
  }

  // ---- the server's side

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
  public @Nullable CallBatch poll() {
    polls++;
    if (failure != null) {
      throw failure;
    }
    Submission next = submissions.poll();
    if (next == null) {
      return null;
    }
    batch.begin(next.count, next.flags);
    Memory.copy(here(next.slots), batch.slot(0), (long) next.count * CallSlots.LENGTH);
    batch.attach(next);
    return batch;
  }

  @Override
  public long translate(CallBatch from, int slot, long address, long length) {
    long offset = here(address) - heap.address();
    boolean isInside =
        length >= 0
            && offset >= 0
            && offset <= heap.byteSize()
            && length <= heap.byteSize() - offset;
    return isInside ? here(address) : 0;
  }

  @Override
  public int copyString(CallBatch from, int slot, long address, long to, int limit) {
    for (int i = 0; i < limit; i++) {
      long here = translate(from, slot, address + i, 1);
      if (here == 0) {
        return -Errno.EFAULT;
      }
      byte next = Memory.getByte(here);
      Memory.putByte(to + i, next);
      if (next == 0) {
        return i;
      }
    }
    return -Errno.ENAMETOOLONG;
  }

  @Override
  public void answer(CallBatch answered, int accepted) {
    Submission submission = (Submission) Objects.requireNonNull(answered.attachment());
    for (int i = 0; i < accepted; i++) {
      long slot = here(submission.slots) + (long) i * CallSlots.LENGTH;
      Memory.putLong(slot + CallSlots.STATUS, answered.status(i));
    }
    submission.accepted.complete(accepted);
  }

  @Override
  public void complete(long callerData, long status, @Nullable PortCall call) {
    posted.add(new Completion(callerData, status));
  }

  @Override
  public void flush() {
    completions.addAll(posted);
    posted.clear();
  }

  @Override
  public boolean idle() {
    isIdle = true;
    if (submissions.isEmpty()) {
      return true;
    }
    isIdle = false;
    return false;
  }

  @Override
  public long consumed() {
    return consumed.get();
  }

  @Override
  public int capacity() {
    return capacity;
  }

  @Override
  public int passingSocket() {
    return passing;
  }

  @Override
  public void close() {
    isClosed = true;
    arena.close();
  }
}
