package io.syslet.examples;

import io.syslet.CString;
import io.syslet.Call;
import io.syslet.Calls;
import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Program;
import io.syslet.Stat;
import io.syslet.Sys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;

/**
 * Rusty Russell's shape of an asynchronous program: each lstat belongs to a group, the directory it
 * was found in, and what is done with the results is done when the last of the group is there. The
 * loop stays that of a serial program; only its lstat does not wait.
 *
 * <p>What cannot be read is named on a stream of its own and counted; a line tells what could be.
 * What went away meanwhile is no error. Directories are opened by their full paths, so what lies
 * beyond PATH_MAX is not reached: see {@link TreeWalk} for that.
 */
public final class AsyncReady implements Program {
  /** Each in use has a call in flight or in the batch, but for the one that is read. */
  private static final int LISTINGS = Calls.LIMIT + Calls.BATCH + 1;

  private final OutputStream out;
  private final Complaints complaints;
  private final Lstat lstat;
  private final Calls calls;
  private final ListingPool listings;
  private final ArrayDeque<Directory> toRead = new ArrayDeque<>();
  private final Directory root;
  private final Call.Listener<AsyncReadyGroup.Part> ready = this::ready;

  /**
   * Will print for each directory, from a path on, how much is in it: entries, bytes, path.
   *
   * @param out gets the lines, one write each.
   * @param complaints gets a line for each failure.
   */
  public AsyncReady(Kernel kernel, byte[] path, OutputStream out, OutputStream complaints) {
    this.out = out;
    this.complaints = new Complaints(complaints);
    this.lstat = Lstat.of(kernel);
    this.calls = Calls.of(kernel);
    this.listings = new ListingPool(kernel, LISTINGS);
    this.root = new Directory(null, path.clone(), null);
  }

  /** How many files and directories could not be read; exact once the program has ended. */
  public long errors() {
    return complaints.count();
  }

  /**
   * Runs to the end of the tree.
   *
   * @throws UncheckedIOException with a {@link NoDirectoryException} if there is no such directory,
   *     with another cause if a line could not be written.
   */
  @Override
  public void run(Kernel same) {
    toRead.add(root);
    do {
      while (!toRead.isEmpty()) {
        read(toRead.pollLast());
      }
    } while (calls.await());
  }

  private void read(Directory directory) {
    byte[] path = Paths.of(directory);
    long fd = open(directory, path);
    if (fd < 0) {
      notOpened(directory, path, fd);
      return;
    }
    AsyncReadyGroup group = new AsyncReadyGroup(directory, (int) fd);
    while (ask(group)) {}
    calls.submit();
    oneLess(group);
  }

  /** A descriptor that is missing now may be one of a group that still waits for its results. */
  private long open(Directory directory, byte[] path) {
    int flags = Directory.OPEN_FLAGS & (directory == root ? ~Sys.O_NOFOLLOW : -1);
    long fd = calls.openat(Sys.AT_FDCWD, path, flags, 0).await();
    while ((fd == -Errno.EMFILE || fd == -Errno.ENFILE) && calls.await()) {
      fd = calls.openat(Sys.AT_FDCWD, path, flags, 0).await();
    }
    return fd;
  }

  private void notOpened(Directory directory, byte[] path, long status) {
    if (directory == root && NoDirectoryException.means(status)) {
      throw new UncheckedIOException(new NoDirectoryException(path, (int) -status));
    }
    failed(path, status);
  }

  private void failed(byte[] path, long status) {
    if (!Walk.isGone(status)) {
      complaints.add(path, (int) -status);
    }
  }

  /** Reads entries, and asks about each; false when there are no more. */
  private boolean ask(AsyncReadyGroup group) {
    Listing listing = listings.next(group.directory);
    long length = calls.getdents64(group.fd, listing.buffer, Listing.LENGTH).await();
    if (length < 0) {
      failed(Paths.of(group.directory), length);
    }
    AsyncReadyGroup.Part part = new AsyncReadyGroup.Part(group, listing);
    listing.filled(length);
    for (long name = listing.next(); name != Listing.NO_NAME; name = listing.next()) {
      lstat.begin(calls, group.fd, name).then(ready, part, name);
    }
    finishIfDone(part);
    return length > 0;
  }

  private void ready(AsyncReadyGroup.Part part, Call call, long status) {
    if (status == 0) {
      found(part.group(), call.data(), lstat.read(call));
    } else {
      failed(Paths.of(part.group().directory, call.data()), status);
    }
    part.listing().answered();
    finishIfDone(part);
  }

  private void found(AsyncReadyGroup group, long name, Stat stat) {
    group.entries++;
    group.bytes.add(stat.size());
    if (stat.isDirectory()) {
      toRead.add(new Directory(group.directory, CString.bytes(name, Listing.LENGTH), null));
    }
  }

  private void finishIfDone(AsyncReadyGroup.Part part) {
    if (part.listing().isDone()) {
      listings.giveBack(part.listing());
      oneLess(part.group());
    }
  }

  private void oneLess(AsyncReadyGroup group) {
    if (--group.parts == 0) {
      calls.close(group.fd);
      print(group);
    }
  }

  private void print(AsyncReadyGroup group) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    String figures = group.entries + "\t" + group.bytes.total() + "\t";
    line.writeBytes(figures.getBytes(StandardCharsets.US_ASCII));
    line.writeBytes(Paths.of(group.directory));
    line.write('\n');
    try {
      line.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
