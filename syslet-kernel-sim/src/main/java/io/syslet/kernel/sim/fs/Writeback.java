package io.syslet.kernel.sim.fs;

import io.syslet.kernel.sim.SimMachine;
import io.syslet.kernel.sim.WaitQueue;
import io.syslet.kernel.sim.disk.DiskRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Dirty pages, and how they get to the disk: five seconds after the first became dirty all that are
 * dirty then are written, in the order of the disk; or when somebody waits for it; or when there
 * are too many, and then who makes more waits. There is no journal.
 */
final class Writeback {
  /** Nanoseconds: {@code dirty_writeback_centisecs}. */
  private static final long PERIOD = 5_000_000_000L;

  private static final int MOST = 256;

  private final SimMachine machine;
  private final PageCache cache;
  private final int limit;
  private final Set<Page> dirty = new LinkedHashSet<>();
  private final WaitQueue throttled;
  private final WaitQueue all;
  private int writing;
  private boolean armed;

  Writeback(PageCache cache, int limit) {
    machine = cache.machine;
    this.cache = cache;
    this.limit = limit;
    throttled = machine.waitQueue("dirty");
    all = machine.waitQueue("sync");
  }

  /** How many pages are dirty or being written. */
  int unwritten() {
    return dirty.size() + writing;
  }

  /** Sleeps while too many pages are unwritten: 0 or −errno. For who is about to make more. */
  int throttle() {
    while (unwritten() > limit) {
      flush(page -> true);
      int slept = throttled.sleep();
      if (slept < 0) {
        return slept;
      }
    }
    return 0;
  }

  /** A page that is in memory was changed. */
  void dirty(Page page) {
    switch (page.state) {
      case DIRTY, GONE -> {}
      case WRITING -> page.dirtyAgain = true;
      case READING, CLEAN -> {
        cache.unlink(page);
        page.state = Page.State.DIRTY;
        dirty.add(page);
        count(page.inode, 1);
      }
    }
    arm();
  }

  private void arm() {
    if (!armed) {
      armed = true;
      machine.at(machine.now() + PERIOD, this::flusher);
    }
  }

  private void flusher() {
    armed = false;
    flush(page -> true);
  }

  /** Forgets that a page is dirty: it is of no use any more. */
  void forget(long key) {
    Page page = cache.find(key);
    if (page != null && dirty.remove(page)) {
      count(page.inode, -1);
      wake(page.inode);
      wakeAll();
    }
    if (page != null) {
      page.dirtyAgain = false;
      cache.forget(key);
    }
  }

  private void count(@Nullable Inode inode, int change) {
    if (inode != null) {
      inode.unwritten += change;
    }
  }

  /** Submits those dirty pages that match. */
  void flush(Predicate<Page> which) {
    List<Page> pages = new ArrayList<>();
    for (Page page : dirty) {
      if (which.test(page)) {
        pages.add(page);
      }
    }
    pages.sort((a, b) -> Integer.compare(a.block, b.block));
    int from = 0;
    for (int i = 1; i <= pages.size(); i++) {
      if (i == pages.size()
          || i - from == MOST
          || pages.get(i).block != pages.get(i - 1).block + 1) {
        submit(pages.subList(from, i).toArray(new Page[0]));
        from = i;
      }
    }
  }

  private void submit(Page[] run) {
    for (Page page : run) {
      dirty.remove(page);
      page.state = Page.State.WRITING;
      writing++;
    }
    long sector = (long) run[0].block * Layout.SECTORS;
    int sectors = run.length * Layout.SECTORS;
    cache.disk().submit(new DiskRequest(sector, sectors, true, status -> ended(run, status)));
  }

  private void ended(Page[] run, int status) {
    for (Page page : run) {
      writing--;
      ended(page, status);
    }
    wakeAll();
  }

  private void wakeAll() {
    throttled.wakeAll();
    if (writing == 0) {
      all.wakeAll();
    }
  }

  private void ended(Page page, int status) {
    Inode inode = page.inode;
    count(inode, -1);
    page.error = status;
    if (page.state == Page.State.WRITING) {
      page.state = Page.State.CLEAN;
      cache.link(page);
    }
    if (page.dirtyAgain) {
      page.dirtyAgain = false;
      dirty(page);
    }
    page.wakeAll();
    if (inode != null) {
      inode.writeError = inode.writeError == 0 ? status : inode.writeError;
    }
    wake(inode);
  }

  /** Who waits for a file looks again, also whether a page was changed while it was written. */
  private static void wake(@Nullable Inode inode) {
    if (inode != null && inode.written != null) {
      inode.written.wakeAll();
    }
  }

  /** Writes all pages of a file and waits for them: 0 or −errno, an error of before included. */
  int sync(Inode inode, WaitQueue queue, int tableBlock) {
    Page table = cache.find(PageCache.blockKey(tableBlock));
    flush(page -> page.inode == inode || page == table);
    while (inode.unwritten > 0) {
      int slept = queue.sleep();
      if (slept < 0) {
        return slept;
      }
      flush(page -> page.inode == inode);
    }
    int written = table == null ? 0 : await(table);
    int error = inode.writeError;
    inode.writeError = 0;
    return error != 0 ? error : written;
  }

  private int await(Page page) {
    while (page.state == Page.State.WRITING) {
      int slept = cache.queue(page).sleep();
      if (slept < 0) {
        return slept;
      }
    }
    return page.error;
  }

  /** Writes everything that is dirty and waits until nothing is: 0 or −errno. */
  int syncAll() {
    while (unwritten() > 0) {
      flush(page -> true);
      int slept = all.sleep();
      if (slept < 0) {
        return slept;
      }
    }
    return 0;
  }
}
