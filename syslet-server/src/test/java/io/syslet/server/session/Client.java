package io.syslet.server.session;

import io.syslet.CString;
import io.syslet.CallSlots;
import io.syslet.Nr;
import io.syslet.Params;
import io.syslet.Registers;
import io.syslet.Sys;
import io.syslet.Syslet;
import io.syslet.ring.Memory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A program that calls through a session: each call waits for its end, unless said otherwise. */
final class Client {
  static final long HEAP = 4 << 20;
  private static final long RING = 0x1234;

  final Sessions sessions;
  final Opened opened;
  final Session session;
  final HeapPort port;
  final long buffer;
  private final long slots;
  private final long paths;
  private long callerData = 1000;

  private Client(Sessions sessions, Opened opened) {
    this.sessions = sessions;
    this.opened = opened;
    this.session = opened.openSession();
    this.port = (HeapPort) opened.openPort();
    this.slots = port.allocate((long) CallBatch.CAPACITY * CallSlots.LENGTH);
    this.paths = port.allocate(16384);
    this.buffer = port.allocate(65536);
  }

  static Client open(Sessions sessions) {
    return open(sessions, Peer.unix(1000, 1000, 4711), 256);
  }

  static Client open(Sessions sessions, Peer peer, int capacity) {
    Opened opened = sessions.open(peer, null, 0, (s, c, old) -> new HeapPort(HEAP, capacity, c));
    if (!opened.isOpen()) {
      throw new IllegalStateException("open: " + opened.error());
    }
    return new Client(sessions, opened);
  }

  /** Goes on with a session over a new port. */
  static Client resume(Sessions sessions, Client before, long consumed) {
    Opened opened =
        sessions.open(
            before.session.peer(),
            before.token(),
            consumed,
            (s, c, old) -> new HeapPort(HEAP, 256, c));
    if (!opened.isOpen()) {
      throw new IllegalStateException("resume: " + opened.error());
    }
    return new Client(sessions, opened);
  }

  /** What the session was opened with. */
  byte[] token() {
    return opened.openToken().bytes();
  }

  /** Writes a path into client memory. */
  long path(String text) {
    return path(text, 0);
  }

  long path(String text, int at) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    long to = paths + at * 8192L;
    for (int i = 0; i < bytes.length; i++) {
      Memory.putByte(HeapPort.here(to) + i, bytes[i]);
    }
    Memory.putByte(HeapPort.here(to) + bytes.length, (byte) 0);
    return to;
  }

  /** Makes a struct pollfd in client memory: its address there. */
  long pollFd(int fd, int events) {
    long at = port.allocate(16);
    Memory.putInt(HeapPort.here(at), fd);
    Memory.putInt(HeapPort.here(at) + 4, events);
    return at;
  }

  /** Fills a slot of the next batch. */
  void set(int i, long data, long nr, long... arguments) {
    long slot = HeapPort.here(slots) + (long) i * CallSlots.LENGTH;
    long[] a = Arrays.copyOf(arguments, 6);
    Registers.put(slot, nr, a[0], a[1], a[2], a[3], a[4], a[5]);
    Params.put(slot + CallSlots.PARAMS, RING, data);
  }

  /** The slot's address here. */
  long slot(int i) {
    return HeapPort.here(slots) + (long) i * CallSlots.LENGTH;
  }

  long status(int i) {
    return Memory.getLong(slot(i) + CallSlots.STATUS);
  }

  /** Submits the first slots: how many were accepted. */
  int submit(int count) throws Exception {
    return submit(count, 0);
  }

  int submit(int count, int flags) throws Exception {
    return send(count, flags).get(30, TimeUnit.SECONDS);
  }

  /** Submits without waiting for the answer. */
  CompletableFuture<Integer> send(int count, int flags) {
    CompletableFuture<Integer> accepted = port.submit(slots, count, flags);
    ring();
    return accepted;
  }

  private void ring() {
    if (port.isIdle) {
      port.isIdle = false;
      sessions.bell(session);
    }
  }

  /** One call, until it has ended. */
  long call(long nr, long... arguments) throws Exception {
    long data = callerData++;
    long status = start(data, nr, arguments);
    return status == -Syslet.ESYSLETPENDING ? await(data) : status;
  }

  /** One call: its value, −ESYSLETPENDING, or the −errno of the entry. */
  long start(long data, long nr, long... arguments) throws Exception {
    set(0, data, nr, arguments);
    int accepted = submit(1);
    return accepted == 1 ? status(0) : accepted;
  }

  /** Waits for the completion that must be the next one. */
  long await(long data) throws Exception {
    HeapPort.Completion next = next();
    if (next.callerData() != data) {
      throw new IllegalStateException("waited for " + data + ": " + next);
    }
    return next.status();
  }

  HeapPort.Completion next() throws Exception {
    HeapPort.Completion next =
        Objects.requireNonNull(port.completions.poll(30, TimeUnit.SECONDS), "no completion");
    port.consumed(1);
    return next;
  }

  // ---- calls by name

  long open(String path, int flags) throws Exception {
    return openat(Sys.AT_FDCWD, path, flags);
  }

  long openat(long dirfd, String path, int flags) throws Exception {
    return call(Nr.OPENAT, dirfd, path(path), flags, 0644);
  }

  long close(long fd) throws Exception {
    return call(Nr.CLOSE, fd);
  }

  /** Makes a pipe: the descriptors, as the client has them. */
  int[] pipe(int flags) throws Exception {
    long made = call(Nr.PIPE2, buffer, flags);
    if (made != 0) {
      throw new IllegalStateException("pipe2: " + made);
    }
    long here = HeapPort.here(buffer);
    return new int[] {Memory.getInt(here), Memory.getInt(here + 4)};
  }

  /** statx: 0 or −errno; the result is in the buffer. */
  long statx(long dirfd, String path, int flags) throws Exception {
    return call(Nr.STATX, dirfd, path(path), flags, 0x7ff, buffer);
  }

  String text(long address, int length) {
    return CString.toString(HeapPort.here(address), length);
  }

  long here() {
    return HeapPort.here(buffer);
  }
}
