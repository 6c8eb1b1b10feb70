package io.syslet.examples;

import io.syslet.CString;
import io.syslet.Dirent;
import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Program;
import io.syslet.Stat;
import io.syslet.Sys;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;

/**
 * Rusty Russell's shape of an asynchronous program: each lstat belongs to a group, the directory it
 * was found in, and what is done with the results is done when the last of the group is there. The
 * loop stays that of a serial program; only its lstat does not wait.
 *
 * <p>Directories are opened by their full paths, so what lies beyond PATH_MAX is not reached: see
 * {@link TreeWalk} for that.
 */
public final class AsyncReady implements Program {
  private static final int IN_FLIGHT = 256;
  private static final int MAX_LISTINGS = 4096;
  private static final int FLAGS = Stat.AT_SYMLINK_NOFOLLOW | Stat.AT_NO_AUTOMOUNT;
  private static final int MASK = Stat.STATX_TYPE | Stat.STATX_MODE | Stat.STATX_SIZE;

  private final Kernel kernel;
  private final PrintStream out;
  private final Calls calls;
  private final ListingPool listings;
  private final ArrayDeque<Directory> toRead = new ArrayDeque<>();
  private final Stat stat = new Stat();

  /** Will print for each directory, from a path on, how much is in it. */
  public AsyncReady(Kernel kernel, byte[] path, PrintStream out) {
    this.kernel = kernel;
    this.out = out;
    this.calls = new Calls(kernel, this::ready, IN_FLIGHT, Mode.ASYNC);
    this.listings = new ListingPool(kernel, MAX_LISTINGS);
    toRead.add(new Directory(null, path.clone(), null));
  }

  @Override
  public void run(Kernel same) {
    while (!toRead.isEmpty() || calls.inFlight() > 0) {
      if (toRead.isEmpty()) {
        calls.await();
      } else {
        read(new AsyncReadyGroup(toRead.pollLast()));
      }
    }
  }

  private void read(AsyncReadyGroup group) {
    byte[] path = Paths.of(group.directory);
    long name = CString.allocate(kernel.arena(), path);
    int flags = Directory.OPEN_FLAGS;
    long fd = Sys.openat(kernel, Sys.AT_FDCWD, name, flags, 0);
    if (fd < 0) {
      out.println(text(path) + ": " + Errno.text((int) -fd));
      return;
    }
    group.fd = (int) fd;
    while (ask(group)) {}
    calls.submit();
    group.isRead = true;
    finishIfReady(group);
  }

  /** Reads entries, and asks about each; false when there are no more. */
  private boolean ask(AsyncReadyGroup group) {
    Listing listing = listings.next(group.directory);
    long length = Sys.getdents64(kernel, group.fd, listing.buffer, Listing.LENGTH);
    group.listings.add(listing);
    Dirent entry = listing.entries.wrap(listing.buffer, length);
    while (entry.next()) {
      if (!entry.isDotOrDotDot()) {
        makeRoom();
        ask(group, entry.nameAddress());
      }
    }
    return length > 0;
  }

  private void makeRoom() {
    if (calls.room() == 0) {
      calls.submit();
    }
    while (calls.room() == 0) {
      calls.await();
    }
  }

  private void ask(AsyncReadyGroup group, long name) {
    int call = calls.begin(0, group, name);
    calls.add(call, Nr.STATX, group.fd, name, FLAGS, MASK, calls.scratch(call));
    group.waiting++;
  }

  private void ready(int call, long status) {
    AsyncReadyGroup group = (AsyncReadyGroup) calls.subject(call);
    group.waiting--;
    if (status == 0) {
      stat.wrap(calls.scratch(call));
      group.entries++;
      group.bytes += stat.size();
      if (stat.isDirectory()) {
        byte[] name = CString.bytes(calls.name(call), Calls.SCRATCH);
        toRead.add(new Directory(group.directory, name, null));
      }
    }
    finishIfReady(group);
  }

  private void finishIfReady(AsyncReadyGroup group) {
    if (group.isRead && group.waiting == 0) {
      Sys.close(kernel, group.fd);
      group.listings.forEach(listings::giveBack);
      out.println(group.entries + "\t" + group.bytes + "\t" + text(Paths.of(group.directory)));
    }
  }

  private static String text(byte[] path) {
    return new String(path, StandardCharsets.UTF_8);
  }
}
