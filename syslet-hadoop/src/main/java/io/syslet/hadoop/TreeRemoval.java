package io.syslet.hadoop;

import io.syslet.CString;
import io.syslet.Call;
import io.syslet.Dirent;
import io.syslet.Errno;
import io.syslet.Stat;
import io.syslet.Sys;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Removes a directory with all that is in it, many directories at a time: files as they are found,
 * a directory when the last in it is gone. Links are removed, not followed; what is gone already is
 * fine, so it can be done again. The loop's.
 */
final class TreeRemoval implements CallLoop.Job {
  private static final int FLAGS = Sys.O_RDONLY | Sys.O_DIRECTORY | Sys.O_NOFOLLOW | Sys.O_CLOEXEC;

  private static final int WINDOW = 64;

  final CompletableFuture<Boolean> result = new CompletableFuture<>();
  private final CallLoop loop;
  private final int most;
  private final ArrayDeque<Node> waiting = new ArrayDeque<>();
  private int running;
  private long error;

  /**
   * @param most directories at a time.
   */
  TreeRemoval(CallLoop loop, RemotePath root, int most) {
    this.loop = loop;
    this.most = most;
    waiting.add(new Node(null, root.bytes()));
  }

  @Override
  public void refused(RemoteError why) {
    result.completeExceptionally(why);
  }

  @Override
  public void begin(CallLoop same) {
    while (error == 0 && running < most && !waiting.isEmpty()) {
      running++;
      waiting.removeLast().open();
    }
    if (running == 0) {
      end();
    }
  }

  private void end() {
    if (error < 0) {
      result.completeExceptionally(new RemoteError(error));
    } else {
      result.complete(true);
    }
  }

  private void failed(long status) {
    if (status < 0 && status != -Errno.ENOENT && error == 0) {
      error = status;
    }
  }

  /** A directory. */
  private final class Node {
    private final @Nullable Node parent;
    private final byte[] path;
    private final Dirent entries = new Dirent();
    private MemorySegment buffer = MemorySegment.NULL;
    private int fd = -1;
    private int asked;
    private int children;
    private boolean hasMore;
    private boolean isRead;

    Node(@Nullable Node parent, byte[] path) {
      this.parent = parent;
      this.path = path;
    }

    void open() {
      loop.calls.openat(Sys.AT_FDCWD, path, FLAGS, 0).then(this::opened);
    }

    private void opened(long status) {
      if (status < 0) {
        failed(status);
        read();
        return;
      }
      fd = (int) status;
      loop.listings.lend(
          lent -> {
            buffer = lent;
            readOn();
          });
    }

    private void readOn() {
      loop.calls.getdents64(fd, buffer.address(), buffer.byteSize()).then(this::filled);
    }

    private void filled(long length) {
      if (length <= 0 || error < 0) {
        failed(length);
        loop.calls.close(fd);
        loop.listings.giveBack(buffer);
        read();
        return;
      }
      entries.wrap(buffer.address(), length);
      hasMore = true;
      remove();
    }

    private void remove() {
      while (asked < WINDOW && hasMore) {
        hasMore = entries.nextChild();
        if (hasMore && entries.type() == Dirent.DT_DIR) {
          below(entries.nameAddress());
        } else if (hasMore) {
          asked++;
          long name = entries.nameAddress();
          loop.calls.unlinkat(fd, name, 0).then(Node::removed, this, name);
        }
      }
      if (asked == 0) {
        readOn();
      }
    }

    private static void removed(Node node, Call call, long status) {
      node.take(call.data(), status);
    }

    private void take(long name, long status) {
      asked--;
      if (status == -Errno.EISDIR) {
        below(name);
      } else {
        failed(status);
      }
      remove();
    }

    private void below(long name) {
      children++;
      byte[] its = CString.resolve(path, name);
      waiting.addLast(new Node(this, its));
    }

    /** All entries are known; those that are no directories are gone. */
    private void read() {
      isRead = true;
      removeIfEmpty();
      running--;
      begin(loop);
    }

    private void removeIfEmpty() {
      if (isRead && children == 0 && error == 0) {
        running++;
        loop.calls.unlinkat(Sys.AT_FDCWD, path, Stat.AT_REMOVEDIR).then(this::gone);
      }
    }

    private void gone(long status) {
      failed(status);
      if (parent != null) {
        parent.children--;
        parent.removeIfEmpty();
      }
      running--;
      begin(loop);
    }
  }
}
