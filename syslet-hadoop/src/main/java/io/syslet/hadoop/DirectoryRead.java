package io.syslet.hadoop;

import io.syslet.CString;
import io.syslet.Call;
import io.syslet.Dirent;
import io.syslet.Errno;
import io.syslet.Stat;
import io.syslet.Sys;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;

/**
 * Lists one directory, as a program of calls that no thread waits for:
 *
 * <pre>
 *   openat --&gt; getdents64 --&gt; statx of each entry --&gt; page --&gt; getdents64 ... --&gt; close
 * </pre>
 *
 * Links are followed; one that leads nowhere, or out of what is served, is left out, and so is what
 * was removed meanwhile. The loop's, but for {@link #goOn}.
 */
final class DirectoryRead implements CallLoop.Job {
  private static final int FLAGS = Sys.O_RDONLY | Sys.O_DIRECTORY | Sys.O_CLOEXEC;

  /** Entries of one directory that are asked about at a time. */
  private static final int WINDOW = 64;

  /** Gets what is found, in the loop's task. */
  interface Sink {
    /**
     * Some of the entries.
     *
     * @param folders those that are directories, to be listed in their turn.
     * @return false if there is to be no more until {@link #goOn}.
     */
    boolean page(DirectoryRead from, List<FileStatus> entries, List<ListedFolder> folders);

    /**
     * There are no more.
     *
     * @param status 0, or −errno.
     */
    void ended(DirectoryRead from, long status);
  }

  final ListedFolder folder;
  private final CallLoop loop;
  private final Statuses statuses;
  private final Sink sink;
  private final Set<String> known;
  private final Dirent entries = new Dirent();
  private List<FileStatus> page = new ArrayList<>();
  private List<ListedFolder> folders = new ArrayList<>();
  private MemorySegment buffer = MemorySegment.NULL;
  private int fd = -1;
  private int asked;
  private boolean hasMore;
  private long error;

  /**
   * @param known names that are not handed on.
   */
  DirectoryRead(
      CallLoop loop, ListedFolder folder, Statuses statuses, Sink sink, Set<String> known) {
    this.loop = loop;
    this.folder = folder;
    this.statuses = statuses;
    this.sink = sink;
    this.known = known;
  }

  /** Reads on after a page that was enough for the moment. Any thread. */
  void goOn() {
    loop.submit(
        new CallLoop.Job() {
          @Override
          public void begin(CallLoop same) {
            read();
          }

          @Override
          public void refused(RemoteError why) {
            end(-why.errno());
          }
        });
  }

  /** Reads no more, after a page that was enough. Any thread. */
  void stop() {
    error = -Errno.ECANCELED;
    goOn();
  }

  @Override
  public void refused(RemoteError why) {
    sink.ended(this, -why.errno());
  }

  @Override
  public void begin(CallLoop same) {
    loop.calls.openat(Sys.AT_FDCWD, folder.path.bytes(), FLAGS, 0).then(this::opened);
  }

  private void opened(long status) {
    if (status < 0) {
      sink.ended(this, status);
      return;
    }
    fd = (int) status;
    read();
  }

  private void read() {
    if (error < 0) {
      end(error);
    } else {
      loop.listings.lend(this::read);
    }
  }

  private void read(MemorySegment lent) {
    buffer = lent;
    loop.calls.getdents64(fd, buffer.address(), buffer.byteSize()).then(this::filled);
  }

  private void filled(long length) {
    if (length <= 0) {
      loop.listings.giveBack(buffer);
      end(length);
      return;
    }
    entries.wrap(buffer.address(), length);
    hasMore = true;
    ask();
  }

  private void ask() {
    while (asked < WINDOW && hasMore) {
      hasMore = entries.nextChild();
      if (hasMore) {
        asked++;
        long name = entries.nameAddress();
        loop.calls.lstat(fd, name, Statuses.MASK).then(DirectoryRead::found, this, name);
      }
    }
    if (asked == 0) {
      handOn();
    }
  }

  private static void found(DirectoryRead read, Call call, long status) {
    long name = call.data();
    if (status == 0 && call.stat().isSymlink()) {
      long memory = read.loop.calls.memory(Stat.LENGTH);
      read.loop
          .calls
          .statx(read.fd, name, Stat.AT_NO_AUTOMOUNT, Statuses.MASK, memory)
          .then(DirectoryRead::followed, read, name);
    } else {
      read.answered(call, status, false);
    }
  }

  private static void followed(DirectoryRead read, Call call, long status) {
    boolean leadsNowhere =
        status == -Errno.EXDEV || status == -Errno.ELOOP || status == -Errno.EACCES;
    read.answered(call, leadsNowhere ? -Errno.ENOENT : status, true);
  }

  private void answered(Call call, long status, boolean isLink) {
    asked--;
    if (status == 0) {
      add(call.data(), call.stat(), isLink);
    } else if (status != -Errno.ENOENT && status != -Errno.ENOTDIR) {
      fail(status);
    }
    ask();
  }

  private void fail(long status) {
    error = error == 0 ? status : error;
    hasMore = false;
  }

  private void add(long nameAddress, Stat stat, boolean isLink) {
    byte[] bytes = CString.bytes(nameAddress, CString.PATH_MAX - 1);
    String name = new String(bytes, StandardCharsets.UTF_8);
    if (name.indexOf('\ufffd') >= 0
        && !Arrays.equals(bytes, name.getBytes(StandardCharsets.UTF_8))) {
      fail(-Errno.EILSEQ);
      return;
    }
    if (known.contains(name)) {
      return;
    }
    String path = folder.path.isRoot() ? "/" + name : folder.path.text() + "/" + name;
    if (stat.isDirectory() && !(isLink && folder.isBelow(stat.dev(), stat.ino()))) {
      byte[] whole = path.getBytes(StandardCharsets.UTF_8);
      folders.add(new ListedFolder(new RemotePath(path, whole), folder, stat.dev(), stat.ino()));
    }
    page.add(statuses.of(stat, path));
  }

  private void handOn() {
    loop.listings.giveBack(buffer);
    if (error < 0) {
      end(error);
      return;
    }
    List<FileStatus> full = page;
    List<ListedFolder> below = folders;
    page = new ArrayList<>();
    folders = new ArrayList<>();
    folder.handedOn(full);
    if (sink.page(this, full, below)) {
      read();
    }
  }

  private void end(long status) {
    loop.calls.close(fd);
    if (status == 0) {
      folder.done();
    }
    sink.ended(this, status);
  }
}
