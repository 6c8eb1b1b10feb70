package io.syslet.hadoop;

import io.syslet.CString;
import io.syslet.Calls;
import io.syslet.Nr;
import io.syslet.Stat;
import io.syslet.Sys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIOException;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * A path as calls take it: bytes below the root that is served. Texts are UTF-8.
 *
 * @param text begins with a slash.
 * @param bytes of the text.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RemotePath(String text, byte[] bytes) {
  private static final int MOST_BYTES = 4095;

  /** Of a qualified path. */
  static RemotePath of(Path path) throws IOException {
    return of(path.toUri().getPath());
  }

  static RemotePath of(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > MOST_BYTES || text.indexOf('\0') >= 0) {
      throw new PathIOException(text, bytes.length > MOST_BYTES ? "too long" : "a NUL in it");
    }
    return new RemotePath(text, bytes);
  }

  boolean isRoot() {
    return text.equals("/");
  }

  /** Whether another one is below this. */
  boolean isAbove(RemotePath other) {
    return other.text.startsWith(isRoot() ? text : text + "/") && !other.text.equals(text);
  }

  /** The folder that it is in; of the root itself, the root. */
  RemotePath parent() throws IOException {
    int slash = text.lastIndexOf('/');
    return of(slash <= 0 ? "/" : text.substring(0, slash));
  }

  String name() {
    return text.substring(text.lastIndexOf('/') + 1);
  }

  RemotePath child(String name) throws IOException {
    return of(isRoot() ? text + name : text + "/" + name);
  }

  // ---- calls

  /** Memory of the next call's with the path and a NUL. */
  long in(Calls calls) {
    long address = calls.memory(bytes.length + 1L);
    CString.put(address, bytes);
    return address;
  }

  /** Opens it. */
  CallLoop.Begin open(int flags, FsPermission permission) {
    return calls ->
        calls.openat(Sys.AT_FDCWD, bytes, flags | Sys.O_CLOEXEC, permission.toShort() & 0777);
  }

  /** Asks about it; a link is followed. */
  CallLoop.Begin stat() {
    return calls -> {
      long found = calls.memory(Stat.LENGTH);
      return calls.statx(Sys.AT_FDCWD, in(calls), Stat.AT_NO_AUTOMOUNT, Statuses.MASK, found);
    };
  }

  CallLoop.Begin mkdir(FsPermission permission) {
    return calls -> calls.mkdirat(Sys.AT_FDCWD, bytes, permission.toShort() & 01777);
  }

  CallLoop.Begin chmod(FsPermission permission) {
    return calls ->
        calls.call(Nr.FCHMODAT, Sys.AT_FDCWD, in(calls), permission.toShort() & 01777, 0, 0, 0);
  }

  /** Removes the name; with {@link Stat#AT_REMOVEDIR} that of a directory. */
  CallLoop.Begin unlink(int flags) {
    return calls -> calls.unlinkat(Sys.AT_FDCWD, bytes, flags);
  }

  CallLoop.Begin rename(RemotePath to, int flags) {
    return calls -> calls.renameat2(Sys.AT_FDCWD, bytes, Sys.AT_FDCWD, to.bytes, flags);
  }

  CallLoop.Begin access(int mode) {
    return calls -> calls.call(Nr.FACCESSAT2, Sys.AT_FDCWD, in(calls), mode, 0, 0, 0);
  }
}
