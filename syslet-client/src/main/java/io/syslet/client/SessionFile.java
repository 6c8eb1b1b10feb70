package io.syslet.client;

import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.client.wire.Token;
import io.syslet.ring.HostCalls;
import io.syslet.ring.Memory;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * What the next process of a program must know of its session, in a mapped file: whatever was
 * stored last is there when the process is killed. One process at a time has it.
 *
 * <pre>
 *     0  u64 "SYSLSESS", or 0: there is no session
 *     8  u32 version, 1;  12  u32 instance of the server
 *    16  token[16]
 *    32  u64 completions that need not be told again
 *    40  u64 answers got
 *  4096  4096 notes of calls, 128 bytes: u32 generation, u32 state, 15 times u64 caller data
 * </pre>
 *
 * The first word is stored last and cleared first. A note is written before its batch is sent, its
 * state behind all else. A file that is neither empty nor of this kind is left alone.
 */
final class SessionFile implements AutoCloseable {
  /** Calls of a batch that has a note. */
  static final int CALLS = 15;

  static final int NOTES = 4096;

  /** States of a note: its batch is over; was sent; was sent, and only its thread wants to know. */
  static final int OVER = 0;

  static final int SENT = 1;
  static final int AWAITED = 2;

  static final int STATE = 4;
  static final int CALLER_DATA = 8;

  private static final long MAGIC = 0x535345534c535953L;
  private static final int VERSION = 1;
  private static final int VERSION_OFFSET = 8;
  private static final int INSTANCE = 12;
  private static final int TOKEN = 16;
  private static final int SETTLED = 32;
  private static final int ANSWERED = 40;
  private static final int HEADER = 4096;
  private static final int NOTE = 128;
  private static final int LENGTH = HEADER + NOTES * NOTE;
  private static final int MODE = 0600;

  private final int descriptor;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment memory;
  private final long address;

  private SessionFile(Path path, int descriptor) throws IOException {
    this.descriptor = descriptor;
    if (!DescriptorLock.take(descriptor)) {
      throw new IOException(path + ": another process has this session");
    }
    this.memory = map(path);
    this.address = memory.address();
  }

  /**
   * Opens a file, which is made if there is none: ours alone, mode 0600, in a folder where only we
   * make files.
   *
   * @throws IOException with one line that says what is in the way.
   */
  static SessionFile open(Path path) throws IOException {
    Path file = path.toAbsolutePath();
    Path name = file.getFileName();
    if (name == null) {
      throw new IOException(path + ": a folder");
    }
    try (TrustedFolder folder = TrustedFolder.open(file.resolveSibling("."))) {
      int descriptor = folder.openFile(name.toString(), Sys.O_CREAT | Sys.O_RDWR, MODE);
      try {
        return new SessionFile(path, descriptor);
      } catch (IOException e) {
        HostCalls.send(Nr.CLOSE, descriptor, 0, 0, 0, 0, 0);
        throw e;
      }
    }
  }

  /** All its blocks are there before they are mapped: a full disk would be a signal later. */
  private MemorySegment map(Path path) throws IOException {
    Path own = Path.of("/proc/self/fd/" + descriptor);
    try (FileChannel file =
        FileChannel.open(own, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      check(path, file);
      for (long at = file.size(); at < LENGTH; at = file.size()) {
        file.write(ByteBuffer.allocate((int) (LENGTH - at)), at);
      }
      return file.map(MapMode.READ_WRITE, 0, LENGTH, arena);
    }
  }

  private static void check(Path path, FileChannel file) throws IOException {
    ByteBuffer start = ByteBuffer.allocate(INSTANCE).order(ByteOrder.nativeOrder());
    file.read(start, 0);
    long magic = start.getLong(0);
    if (magic != 0 && (magic != MAGIC || start.getInt(VERSION_OFFSET) != VERSION)) {
      throw new IOException(path + ": not the file of a session");
    }
  }

  /** The session's secret; null if there is none. */
  @Nullable Token token() {
    if (Memory.getLong(address) != MAGIC) {
      return null;
    }
    return new Token(Memory.getLong(address + TOKEN), Memory.getLong(address + TOKEN + Long.BYTES));
  }

  int instance() {
    return token() == null ? 0 : Memory.getInt(address + INSTANCE);
  }

  /** There is a session now, or the one of before has another server. */
  void begin(Token token, int instance) {
    if (token.equals(token())) {
      Memory.putIntRelease(address + INSTANCE, instance);
      return;
    }
    forget();
    Memory.putInt(address + VERSION_OFFSET, VERSION);
    Memory.putInt(address + INSTANCE, instance);
    MemorySegment.copy(
        MemorySegment.ofArray(token.bytes()), 0, memory, TOKEN, token.bytes().length);
    Memory.putLongRelease(address, MAGIC);
  }

  /** There is no session any more. */
  void forget() {
    Memory.putLongVolatile(address, 0);
    settled(0);
    answered(0);
    for (int i = 0; i < NOTES; i++) {
      over(i);
    }
  }

  long settled() {
    return Memory.getLong(address + SETTLED);
  }

  void settled(long completions) {
    Memory.putLongRelease(address + SETTLED, completions);
  }

  long answered() {
    return Memory.getLong(address + ANSWERED);
  }

  void answered(long batches) {
    Memory.putLongRelease(address + ANSWERED, batches);
  }

  // ---- notes

  /** The address of a note. */
  long note(int index) {
    return address + HEADER + (long) index * NOTE;
  }

  int state(int index) {
    return Memory.getIntAcquire(note(index) + STATE);
  }

  int generation(int index) {
    return Memory.getInt(note(index));
  }

  /** Whether a completion may belong to a note. */
  boolean isOf(int index, int generation) {
    return index < NOTES && state(index) != OVER && generation(index) == generation;
  }

  long callerData(int index, int slot) {
    return Memory.getLong(note(index) + CALLER_DATA + (long) slot * Long.BYTES);
  }

  void over(int index) {
    Memory.putIntRelease(note(index) + STATE, OVER);
  }

  /** Unmaps it, and lets another process have it. */
  @Override
  public void close() {
    arena.close();
    HostCalls.send(Nr.CLOSE, descriptor, 0, 0, 0, 0, 0);
  }
}
