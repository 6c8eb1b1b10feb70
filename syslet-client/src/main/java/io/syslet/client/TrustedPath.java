package io.syslet.client;

import io.syslet.CString;
import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Stat;
import io.syslet.Sys;
import io.syslet.ring.HostCalls;
import io.syslet.ring.Memory;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Finds a path that no other user can have put in place or can exchange: each folder on the way,
 * and each symbolic link, belongs to us or to root, and no other may write into the folder, unless
 * it is sticky, as /tmp is; then what is taken out of it must be ours or root's, too.
 *
 * <p>The way is gone from descriptor to descriptor with O_NOFOLLOW, so what was looked at is what
 * is used. What was found so can afterwards be named by its path: nobody but us and root can change
 * where it leads.
 *
 * <pre>
 *   /            root's, 0755    folder, go on
 *   tmp          root's, 1777    sticky: go on, but
 *   syslet-1000  1000's, 0700    whose it is counts: ours, go on
 * </pre>
 */
final class TrustedPath implements AutoCloseable {
  private static final int PATH_ONLY = Sys.O_PATH | Sys.O_NOFOLLOW | Sys.O_CLOEXEC;
  private static final int MOST_LINKS = 40;
  private static final int OTHERS_PASS = 01;
  private static final int NONE_MADE = -1;
  private static final int AS_FAR_AS_THERE = -2;

  private final Path path;
  private final int mode;
  private boolean isPassable = true;
  private final Deque<String> ahead = new ArrayDeque<>();
  private int at;
  private String here = "";
  private FileFacts facts;
  private int links;

  private TrustedPath(Path path, int mode) throws IOException {
    this.path = path.toAbsolutePath();
    this.mode = mode;
    this.at = openRoot();
    this.facts = FileFacts.of(at, this.path);
    push(this.path);
  }

  /**
   * Goes the way to a path.
   *
   * @throws IOException with one line that says what is in the way, and where.
   */
  static TrustedPath find(Path path) throws IOException {
    return new TrustedPath(path, NONE_MADE).walked();
  }

  /** The same for as much of the way as there is. */
  static TrustedPath begin(Path path) throws IOException {
    return new TrustedPath(path, AS_FAR_AS_THERE).walked();
  }

  /** The same for a folder, which is made with what lies above it if there is none. */
  static TrustedPath make(Path folder, int mode) throws IOException {
    return new TrustedPath(folder, mode).walked();
  }

  private TrustedPath walked() throws IOException {
    try {
      checkFolder();
      while (!ahead.isEmpty()) {
        step(ahead.pop());
      }
      return this;
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private void push(Path way) {
    for (int i = way.getNameCount() - 1; i >= 0; i--) {
      String name = way.getName(i).toString();
      if (!name.isEmpty() && !name.equals(".")) {
        ahead.push(name);
      }
    }
  }

  private void step(String name) throws IOException {
    int next = open(name);
    if (next < 0) {
      ahead.clear();
      return;
    }
    FileFacts found = FileFacts.of(next, path);
    if (found.type() == Stat.S_IFLNK) {
      follow(name, next, found);
      return;
    }
    if (found.type() != Stat.S_IFDIR && !ahead.isEmpty()) {
      closeDescriptor(next);
      throw failure("\"" + name + "\" is no folder");
    }
    moveTo(next);
    here = here + "/" + name;
    facts = found;
    if (found.type() == Stat.S_IFDIR) {
      checkFolder();
    } else {
      checkOwner(name, found);
    }
  }

  private int open(String name) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      long text = CString.allocate(arena, name);
      long result = HostCalls.call(Nr.OPENAT, at, text, PATH_ONLY, 0, 0, 0);
      if (result == -Errno.ENOENT && mode >= 0) {
        result = HostCalls.call(Nr.MKDIRAT, at, text, mode, 0, 0, 0);
        if (result == 0 || result == -Errno.EEXIST) {
          result = HostCalls.call(Nr.OPENAT, at, text, PATH_ONLY, 0, 0, 0);
        }
      }
      if (result < 0 && !(result == -Errno.ENOENT && mode == AS_FAR_AS_THERE)) {
        throw failure(Errno.text((int) -result) + " (\"" + name + "\")");
      }
      return (int) result;
    }
  }

  private void follow(String name, int link, FileFacts found) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      checkOwner(name, found);
      long empty = CString.allocate(arena, "");
      long to = arena.allocate(CString.PATH_MAX).address();
      long length = HostCalls.call(Nr.READLINKAT, link, empty, to, CString.PATH_MAX, 0, 0);
      if (length <= 0 || ++links > MOST_LINKS) {
        throw failure("\"" + name + "\" is a link that leads nowhere");
      }
      if (Memory.getByte(to) == '/') {
        moveTo(openRoot());
        here = "";
      }
      push(Path.of(new String(CString.bytes(to, (int) length), StandardCharsets.UTF_8)));
    } finally {
      closeDescriptor(link);
    }
  }

  private void checkFolder() throws IOException {
    checkOwner(here.isEmpty() ? "/" : here, facts);
    isPassable &= (facts.permissions() & OTHERS_PASS) != 0;
    if (facts.isWritableByOthers() && !facts.isSticky()) {
      throw failure(
          "others may write into " + (here.isEmpty() ? "/" : here) + ", mode " + facts.octal());
    }
  }

  private void checkOwner(String what, FileFacts found) throws IOException {
    if (!Users.trusts(found.uid())) {
      throw failure("\"" + what + "\" belongs to user " + found.uid());
    }
  }

  private IOException failure(String why) {
    return new IOException(path + ": " + why);
  }

  /** Whether other users can get there, as far as modes say. */
  boolean isPassable() {
    return isPassable;
  }

  /** What is known of what was found. */
  FileFacts facts() {
    return facts;
  }

  /** The descriptor of what was found, O_PATH; open until {@link #close}. */
  int descriptor() {
    return at;
  }

  private static int openRoot() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      long root = CString.allocate(arena, "/");
      long result =
          HostCalls.call(Nr.OPENAT, Sys.AT_FDCWD, root, PATH_ONLY | Sys.O_DIRECTORY, 0, 0, 0);
      if (result < 0) {
        throw new IOException("/: " + Errno.text((int) -result));
      }
      return (int) result;
    }
  }

  private void moveTo(int next) {
    closeDescriptor(at);
    at = next;
  }

  private static void closeDescriptor(int descriptor) {
    HostCalls.send(Nr.CLOSE, descriptor, 0, 0, 0, 0, 0);
  }

  @Override
  public void close() {
    closeDescriptor(at);
  }
}
