package io.syslet.ring;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A ring in a file, shared by processes of one user: this one takes part in it, others may die in
 * it, and somebody may cut the file.
 */
final class FileRing extends CompletionRing {
  private final RingParticipant self;

  private FileRing(MemorySegment segment, RingMemory memory, RingParticipant self) {
    super(segment, memory, self.slot);
    this.self = self;
  }

  static FileRing createFile(Path file, int elements, int waitGroup) throws IOException {
    long _ = RingFormat.sizeOf(elements);
    MemorySegment segment = RingFile.create(file, elements, waitGroup);
    RingFormat.writeExtension(RingMemory.of(segment.address(), elements));
    return share(file, segment);
  }

  static FileRing openFile(Path file) throws IOException {
    return share(file, RingFile.open(file));
  }

  private static FileRing share(Path file, MemorySegment segment) throws IOException {
    RingMemory words = RingMemory.of(segment.address(), RingFormat.elements(segment.address()));
    WaitBucket bucket = WaitQueues.system().bucket(RingFormat.waitGroup(segment.address()));
    RingParticipant self = RingParticipant.attach(file, words, bucket);
    FileRing ring = new FileRing(segment, words, self);
    self.begin(ring.producer().recovery());
    return ring;
  }

  /**
   * The fault of a page that is gone is raised here at the latest. An error of a ring whose file is
   * too short is that, whatever else it seems to be.
   */
  @Override
  int edge(int result) {
    HostCalls.poll();
    return self.torn || (result < 0 && self.isTorn()) ? -RingErrno.EFAULT : result;
  }

  /**
   * HotSpot's word for a page that is missing; any other internal error is not ours, unless nobody
   * can say any more how long the file is.
   */
  @Override
  int fault(InternalError error) {
    if (!self.isTorn() && !self.isClosed()) {
      throw error;
    }
    return -RingErrno.EFAULT;
  }

  @Override
  boolean isTorn() {
    return self.torn;
  }

  @Override
  boolean hasTakenBack() {
    return self.recoverNowAndThen();
  }

  @Override
  void wakeOthers() {
    self.wakeOthers();
  }

  @Override
  void beginWait() {
    self.sleepers.incrementAndGet();
  }

  @Override
  void watch() {
    ForeignWatch.add(self);
  }

  @Override
  void endWait() {
    int left = self.sleepers.decrementAndGet();
    assert left >= 0 : "a wait ended twice";
  }

  @Override
  void relayTo(@Nullable EventFd to) {
    self.eventFd = to;
    ForeignWatch.add(self);
  }

  @Override
  public int recover() {
    if (isClosed()) {
      return 0;
    }
    try {
      return self.recover();
    } catch (InternalError e) {
      return fault(e);
    }
  }

  @Override
  public void close() {
    super.close();
    self.close();
  }
}
