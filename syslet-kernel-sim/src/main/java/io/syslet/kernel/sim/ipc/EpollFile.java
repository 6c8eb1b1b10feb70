package io.syslet.kernel.sim.ipc;

import io.syslet.Errno;
import io.syslet.Sys;
import io.syslet.kernel.sim.File;
import io.syslet.kernel.sim.FileStatus;
import io.syslet.kernel.sim.SimMachine;
import io.syslet.kernel.sim.WaitQueue;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An epoll instance. Each file of interest has an item that watches the file's queue; when the file
 * may have changed, the item joins the ready list, once, and waiters are woken. A wait looks at the
 * ready items again, since what was ready may not be so any more: level-triggered items that still
 * are go to the back of the list, others leave it.
 *
 * <p>Like the real one it holds no reference to the files: an item goes when its file is released.
 */
final class EpollFile extends File {
  private static final int ONE_SHOT = 1 << 30;
  private static final int EDGE = 1 << 31;
  private static final int ALWAYS = POLLERR | POLLHUP;
  private static final int FLAGS = ONE_SHOT | EDGE | 1 << 29 | 1 << 28;
  private static final int ANONYMOUS = 0600;

  /** An interest is in a descriptor and what it meant when it was added. */
  private record Key(int fd, File file) {}

  private final class Item implements Runnable {
    final File file;
    int events;
    long data;
    boolean listed;

    Item(File file) {
      this.file = file;
    }

    void set(long event) {
      events = EpollEvent.events(event) | ALWAYS;
      data = EpollEvent.data(event);
      run();
    }

    int now() {
      return file.isReleased() || (events & ~FLAGS) == 0 ? 0 : file.poll() & events;
    }

    @Override
    public void run() {
      if (!listed && now() != 0) {
        listed = true;
        ready.add(this);
        changes.wakeAll();
      }
    }
  }

  private final Map<Key, Item> items = new LinkedHashMap<>();
  private final ArrayDeque<Item> ready = new ArrayDeque<>();
  private final WaitQueue changes;

  EpollFile(SimMachine machine) {
    super(Sys.O_RDWR);
    this.changes = machine.waitQueue("epoll");
  }

  int add(int fd, File file, long event) {
    items.keySet().removeIf(key -> key.file.isReleased());
    Item item = new Item(file);
    if (items.putIfAbsent(new Key(fd, file), item) != null) {
      return -Errno.EEXIST;
    }
    queueOf(file).watch(item);
    item.set(event);
    return 0;
  }

  int modify(int fd, File file, long event) {
    Item item = items.get(new Key(fd, file));
    if (item == null) {
      return -Errno.ENOENT;
    }
    item.set(event);
    return 0;
  }

  int delete(int fd, File file) {
    Item item = items.remove(new Key(fd, file));
    if (item == null) {
      return -Errno.ENOENT;
    }
    queueOf(file).unwatch(item);
    ready.remove(item);
    return 0;
  }

  private static WaitQueue queueOf(File file) {
    WaitQueue queue = file.changes();
    if (queue == null) {
      throw new IllegalStateException("has no queue any more: " + file);
    }
    return queue;
  }

  /** Waits for events and writes them out: how many, 0 after the deadline, or −errno. */
  int await(long address, int most, long deadline) {
    for (; ; ) {
      int found = take(address, most);
      if (found > 0) {
        return found;
      }
      int slept = changes.sleepInterruptiblyUntil(deadline);
      if (slept < 0) {
        return slept == -Errno.ETIME ? 0 : slept;
      }
    }
  }

  private int take(long address, int most) {
    int found = 0;
    for (int rest = ready.size(); rest > 0 && found < most; rest--) {
      Item item = ready.remove();
      item.listed = false;
      int events = item.now();
      if (events != 0) {
        EpollEvent.write(address + (long) found++ * EpollEvent.LENGTH, events, item.data);
        taken(item);
      }
    }
    return found;
  }

  private void taken(Item item) {
    if ((item.events & ONE_SHOT) != 0) {
      item.events = 0;
    } else if ((item.events & EDGE) == 0) {
      item.listed = true;
      ready.add(item);
    }
  }

  @Override
  public int poll() {
    for (Item item : ready) {
      if (item.now() != 0) {
        return POLLIN;
      }
    }
    return 0;
  }

  @Override
  public WaitQueue changes() {
    return changes;
  }

  @Override
  public int status(FileStatus status) {
    status.mode = ANONYMOUS;
    status.links = 1;
    return 0;
  }

  @Override
  protected void release() {
    items.forEach((key, item) -> queueOf(key.file).unwatch(item));
    items.clear();
    ready.clear();
  }
}
