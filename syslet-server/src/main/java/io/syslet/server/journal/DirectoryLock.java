package io.syslet.server.journal;

import io.syslet.CString;
import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.client.DescriptorLock;
import io.syslet.client.TrustedFolder;
import io.syslet.ring.HostCalls;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * One server at a time has a journal: a lock on its file {@code lock}, gone with its process. The
 * file says which process had it last, and whether a journal was begun. The lock is a {@link
 * DescriptorLock}.
 */
final class DirectoryLock implements AutoCloseable {
  private static final String NAME = "lock";
  private static final int MODE = 0600;
  private static final int LONGEST = 64;
  private static final String BEGUN = " has begun";
  private static final String OWN = Long.toString(ProcessHandle.current().pid());

  private final int descriptor;
  private final String last;

  private DirectoryLock(int descriptor, String last) {
    this.descriptor = descriptor;
    this.last = last;
  }

  /** Takes it; if another has it, the error says which process that is. */
  static DirectoryLock take(TrustedFolder folder, Path dir) throws IOException {
    int descriptor = folder.openFile(NAME, Sys.O_CREAT | Sys.O_RDWR, MODE);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocate(LONGEST);
      String last = read(descriptor, text);
      if (!DescriptorLock.take(descriptor)) {
        throw new IOException(dir + ": the journal is in use by process " + pid(last));
      }
      write(descriptor, last.endsWith(BEGUN) ? OWN + BEGUN : OWN);
      return new DirectoryLock(descriptor, last);
    } catch (IOException e) {
      close(descriptor);
      throw e;
    }
  }

  private static String read(int descriptor, MemorySegment text) throws IOException {
    long length = HostCalls.call(Nr.PREAD64, descriptor, text.address(), LONGEST, 0, 0, 0);
    if (length < 0) {
      throw new IOException(NAME + ": " + Errno.text((int) -length));
    }
    byte[] bytes = text.asSlice(0, length).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
    return new String(bytes, StandardCharsets.US_ASCII).strip();
  }

  private static String pid(String text) {
    return text.endsWith(BEGUN) ? text.substring(0, text.length() - BEGUN.length()) : text;
  }

  private static void write(int descriptor, String text) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      long from = CString.allocate(arena, text);
      long error = HostCalls.call(Nr.FTRUNCATE, descriptor, 0, 0, 0, 0, 0);
      if (error == 0) {
        error = HostCalls.call(Nr.PWRITE64, descriptor, from, text.length(), 0, 0, 0);
      }
      if (error < 0) {
        throw new IOException(NAME + ": " + Errno.text((int) -error));
      }
    }
  }

  /** A whole state is on the disk: whoever comes later must find one. */
  void begun() throws IOException {
    write(descriptor, OWN + BEGUN);
  }

  /** Whether a server before this one has got so far. */
  boolean hadJournal() {
    return last.endsWith(BEGUN);
  }

  private static void close(int descriptor) {
    HostCalls.send(Nr.CLOSE, descriptor, 0, 0, 0, 0, 0);
  }

  @Override
  public void close() {
    close(descriptor);
  }
}
