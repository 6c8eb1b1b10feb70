package io.syslet.hadoop;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.RemoteIterator;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a directory, or of all below it, with many directories in flight, in no order. A
 * server that is lost is waited for, and each entry comes once all the same.
 *
 * <pre>
 *   waiting folders --&gt; DirectoryRead --&gt; pages --&gt; next()
 *         ^                  |      '--- parked while there is much that nobody has read
 *         '--- directories --'
 * </pre>
 */
final class TreeIterator implements RemoteIterator<FileStatus>, DirectoryRead.Sink, Closeable {
  /** Entries that nobody has read, beyond which no more are asked for. */
  private static final int MANY = 20_000;

  private final ServerDoor door;
  private final Statuses statuses;
  private final boolean recursive;
  private final Patience patience;
  private final ArrayDeque<ListedFolder> waiting = new ArrayDeque<>();
  private final ArrayDeque<List<FileStatus>> pages = new ArrayDeque<>();
  private final List<DirectoryRead> parked = new ArrayList<>();
  private final ListedFolder first;
  private @Nullable ServerSession session;
  private @Nullable RemoteError error;
  private @Nullable IOException thrown;
  private String failed = "";
  private int running;
  private int unread;
  private boolean closed;
  private Iterator<FileStatus> current = List.<FileStatus>of().iterator();

  /** Nothing is read before the first question. */
  TreeIterator(ServerDoor door, Statuses statuses, ListedFolder first, boolean recursive) {
    this.door = door;
    this.statuses = statuses;
    this.recursive = recursive;
    this.first = first;
    this.patience = door.patience();
    waiting.add(first);
  }

  @Override
  public boolean hasNext() throws IOException {
    while (!current.hasNext()) {
      if (thrown != null) {
        throw thrown;
      }
      if (session == null) {
        ServerSession found = door.session();
        synchronized (this) {
          session = found;
        }
      }
      if (!advance()) {
        return false;
      }
    }
    return true;
  }

  /** Waits for the first entries, or throws what there is instead. */
  void prime() throws IOException {
    hasNext();
  }

  @Override
  public FileStatus next() throws IOException {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return current.next();
  }

  /** Waits until there is a page, or something else to do; false at the end. */
  private synchronized boolean advance() throws IOException {
    begin();
    while (pages.isEmpty() && running > 0 && error == null) {
      await();
    }
    List<FileStatus> page = pages.poll();
    if (page != null) {
      patience.progress();
      unread -= page.size();
      current = page.iterator();
      begin();
      return true;
    }
    while (running > 0) {
      await();
    }
    return retry() || !waiting.isEmpty() || !pages.isEmpty();
  }

  @SuppressWarnings("WaitNotInLoop") // the callers have the loops
  private void await() throws IOException {
    try {
      wait();
    } catch (InterruptedException e) {
      thrown = ServerSession.interrupted(e);
      close();
      throw thrown;
    }
  }

  /** After an error, when all that was under way has ended: whether it is tried again. */
  private boolean retry() throws IOException {
    RemoteError why = error;
    ServerSession with = session;
    if (why == null || with == null) {
      return false;
    }
    error = null;
    session = null;
    try {
      patience.failed(door, with, why, failed);
    } catch (IOException e) {
      close();
      thrown = e;
      throw e;
    }
    return true;
  }

  /** Begins as many directories as may be in flight. */
  private void begin() {
    ServerSession with = session;
    if (with == null || error != null || closed || unread > MANY) {
      return;
    }
    while (!parked.isEmpty()) {
      parked.removeLast().goOn();
    }
    while (running < door.options.directories() && !waiting.isEmpty()) {
      ListedFolder next = waiting.removeLast();
      Set<String> known = next.names();
      CallLoop loop = with.loop();
      running++;
      loop.submit(new DirectoryRead(loop, next, statuses, this, known));
    }
  }

  @Override
  public synchronized boolean page(
      DirectoryRead from, List<FileStatus> entries, List<ListedFolder> folders) {
    if (!entries.isEmpty()) {
      pages.add(entries);
      unread += entries.size();
    }
    if (recursive) {
      waiting.addAll(folders);
    }
    begin();
    notifyAll();
    if (closed) {
      from.stop();
      return false;
    }
    boolean more = unread <= MANY || error != null;
    if (!more) {
      parked.add(from);
    }
    return more;
  }

  @Override
  public synchronized void ended(DirectoryRead from, long status) {
    running--;
    boolean vanished = status == -io.syslet.Errno.ENOENT && from.folder != first;
    if (status < 0 && !vanished && !closed) {
      failed(from.folder, new RemoteError(status));
    }
    begin();
    notifyAll();
  }

  private void failed(ListedFolder folder, RemoteError why) {
    if (why.isLoss() || why.isPassing()) {
      waiting.add(folder);
    }
    if (error == null || error.isLoss()) {
      error = why;
      failed = folder.path.text();
    }
    while (!parked.isEmpty()) {
      parked.removeLast().goOn();
    }
  }

  /** Reads no more; what is under way ends by itself. */
  @Override
  public synchronized void close() {
    closed = true;
    waiting.clear();
    pages.clear();
    while (!parked.isEmpty()) {
      parked.removeLast().stop();
    }
  }
}
