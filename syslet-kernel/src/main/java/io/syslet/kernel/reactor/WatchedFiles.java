package io.syslet.kernel.reactor;

import io.syslet.Nr;
import io.syslet.Sys;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files that calls wait for: one for all descriptors of a pipe or a socket; another for each
 * call on what has no identity, as an eventfd. Guarded by the reactor.
 */
final class WatchedFiles {
  private final HostDoor door;
  private final Epoll epoll;
  private final Map<FileKey, WatchedFile> byKey = new HashMap<>();
  private final List<@Nullable WatchedFile> byIndex = new ArrayList<>();
  private final BitSet used = new BitSet();

  WatchedFiles(HostDoor door, Epoll epoll) {
    this.door = door;
    this.epoll = epoll;
  }

  /** Keeps the file of a descriptor open: null if there are no more descriptors. */
  @Nullable WatchedFile keep(long fd, @Nullable FileKey key) {
    WatchedFile known = key == null ? null : byKey.get(key);
    if (known != null) {
      known.uses++;
      return known;
    }
    long own = door.call(Nr.FCNTL, fd, Sys.F_DUPFD_CLOEXEC, 0, 0, 0, 0);
    return own < 0 ? null : add((int) own, key);
  }

  private WatchedFile add(int own, @Nullable FileKey key) {
    int index = used.nextClearBit(0);
    used.set(index);
    WatchedFile file = new WatchedFile(index, own, key);
    file.uses = 1;
    if (index == byIndex.size()) {
      byIndex.add(file);
    } else {
      byIndex.set(index, file);
    }
    if (key != null) {
      byKey.put(key, file);
    }
    return file;
  }

  /** The file of an index; null if it is not watched any more. */
  @Nullable WatchedFile at(int index) {
    return index < byIndex.size() ? byIndex.get(index) : null;
  }

  /** One who kept it open does not any more. */
  void release(WatchedFile file) {
    if (--file.uses > 0) {
      return;
    }
    if (file.isKnown) {
      epoll.forget(file.fd);
    }
    close(file);
    byIndex.set(file.index, null);
    used.clear(file.index);
    if (file.key != null) {
      byKey.remove(file.key);
    }
  }

  /** Asks for what is waited for and not asked for yet: 0 or −errno. */
  long arm(WatchedFile file, int wanted) {
    if ((wanted & ~file.asked) == 0) {
      return 0;
    }
    long asked = epoll.ask(file.fd, file.index, wanted | file.asked, !file.isKnown);
    if (asked == 0) {
      file.isKnown = true;
      file.asked |= wanted;
    }
    return asked;
  }

  /** Lets go of all. */
  void close() {
    for (WatchedFile file : byIndex) {
      if (file != null) {
        close(file);
      }
    }
  }

  private void close(WatchedFile file) {
    long _ = door.call(Nr.CLOSE, file.fd, 0, 0, 0, 0, 0);
  }
}
