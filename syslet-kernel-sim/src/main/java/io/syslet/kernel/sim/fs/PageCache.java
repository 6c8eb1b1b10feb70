package io.syslet.kernel.sim.fs;

import io.syslet.kernel.sim.SimMachine;
import io.syslet.kernel.sim.WaitQueue;
import io.syslet.kernel.sim.disk.BlockDevice;
import org.jspecify.annotations.Nullable;

/**
 * Which blocks and pages of files are in memory. A page that is wanted by several is read once, and
 * all sleep for it. Clean pages are in a list by use, and the least recently used goes when there
 * are too many; pages being read and dirty ones stay.
 */
final class PageCache {
  private static final long FILE = 1L << 63;

  final SimMachine machine;
  private final BlockDevice disk;
  private final FsCosts costs;
  private final int limit;
  private final LongMap<Page> pages = new LongMap<>();
  private final Page list;
  private int clean;
  private long hits;
  private long misses;
  private long evicted;

  PageCache(SimMachine machine, BlockDevice disk, int limit, FsCosts costs) {
    this.machine = machine;
    this.disk = disk;
    this.limit = limit;
    this.costs = costs;
    list = new Page(0, 0, null);
    list.newer = list;
    list.older = list;
  }

  static long blockKey(int block) {
    return block + 1L;
  }

  static long fileKey(Inode inode, int page) {
    return FILE | ((long) inode.number << 32) | Integer.toUnsignedLong(page);
  }

  /** Times that a page was there when it was wanted. */
  long hits() {
    return hits;
  }

  /** Times that it was not. */
  long misses() {
    return misses;
  }

  /** Pages that had to go for others. */
  long evicted() {
    return evicted;
  }

  int size() {
    return pages.size();
  }

  BlockDevice disk() {
    return disk;
  }

  @Nullable Page find(long key) {
    return pages.get(key);
  }

  /** Whether the page can be used now; it counts as used then. */
  boolean has(long key) {
    Page page = pages.get(key);
    if (page == null || !page.isValid()) {
      return false;
    }
    hits++;
    use(page);
    return true;
  }

  /** Brings a block of the file system's own in: 0; 1 if that took a sleep; or −errno. */
  int block(int block, int first, int count) {
    if (has(blockKey(block))) {
      return 0;
    }
    misses++;
    machine.charge(costs.miss());
    Page page = pages.get(blockKey(block));
    if (page == null) {
      ReadBatch batch = new ReadBatch(this);
      batch.add(blockKey(block), block, null);
      for (int b = first; b < first + count; b++) {
        if (b != block) {
          batch.add(blockKey(b), b, null);
        }
      }
      batch.submit();
      page = pages.get(blockKey(block));
    }
    return page == null ? 1 : await(page);
  }

  /** Counts a page that was not there. */
  void missed() {
    misses++;
    machine.charge(costs.miss());
  }

  /** Sleeps until a page that is being read has been: 1, or −errno. */
  int await(Page page) {
    while (page.state == Page.State.READING) {
      int slept = queue(page).sleep();
      if (slept < 0) {
        return slept;
      }
    }
    return page.error != 0 ? page.error : 1;
  }

  WaitQueue queue(Page page) {
    WaitQueue queue = page.queue == null ? machine.waitQueue("page") : page.queue;
    page.queue = queue;
    return queue;
  }

  /** A page that will be read, if it is not there in any state; else null. */
  @Nullable Page begin(long key, int block, @Nullable Inode inode) {
    if (pages.get(key) != null) {
      return null;
    }
    Page page = new Page(key, block, inode);
    pages.put(key, page);
    return page;
  }

  /** A page has been read, or not. */
  void ended(Page page, int status) {
    if (page.state != Page.State.READING) {
      return;
    }
    page.error = status;
    if (status == 0) {
      page.state = Page.State.CLEAN;
      link(page);
    } else {
      gone(page);
    }
    page.wakeAll();
  }

  /** The page of that key, made without reading if it is not there; never one being read. */
  Page fill(long key, int block, @Nullable Inode inode) {
    Page page = pages.get(key);
    if (page == null) {
      page = new Page(key, block, inode);
      pages.put(key, page);
    }
    if (page.state == Page.State.READING) {
      page.state = Page.State.CLEAN;
      link(page);
      page.wakeAll();
    }
    return page;
  }

  /** Forgets a page, in whatever state: its file was cut off or is gone. */
  void forget(long key) {
    Page page = pages.get(key);
    if (page != null) {
      unlink(page);
      gone(page);
      page.wakeAll();
    }
  }

  private void gone(Page page) {
    page.state = Page.State.GONE;
    pages.remove(page.key);
  }

  /** Forgets all clean pages. */
  int drop() {
    int dropped = 0;
    for (Page page = list.older; page != null && page != list; page = list.older) {
      unlink(page);
      gone(page);
      dropped++;
    }
    return dropped;
  }

  private void use(Page page) {
    if (page.newer != null && page.newer != list) {
      unlink(page);
      link(page);
    }
  }

  /** Puts a clean page to the recently used end; others go if there are too many. */
  void link(Page page) {
    Page last = list.newer == null ? list : list.newer;
    page.older = list;
    page.newer = last;
    last.older = page;
    list.newer = page;
    clean++;
    while (clean > 1 && pages.size() > limit) {
      evict();
    }
  }

  private void evict() {
    Page oldest = list.older;
    if (oldest != null) {
      unlink(oldest);
      gone(oldest);
      evicted++;
    }
  }

  /** Takes a page out of the list, if it is in there. */
  void unlink(Page page) {
    Page newer = page.newer;
    Page older = page.older;
    if (newer != null && older != null) {
      newer.older = older;
      older.newer = newer;
      page.newer = null;
      page.older = null;
      clean--;
    }
  }
}
