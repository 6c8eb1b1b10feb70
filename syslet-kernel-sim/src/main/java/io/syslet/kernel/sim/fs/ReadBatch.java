package io.syslet.kernel.sim.fs;

import io.syslet.kernel.sim.disk.DiskRequest;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Pages that are to be read together: neighbours on the disk make one request, as a plug does. */
final class ReadBatch {
  /** Pages of a request at most: Linux's {@code max_sectors_kb} of 1,280, more or less. */
  private static final int MOST = 256;

  private final PageCache cache;
  private final ArrayList<Page> pages = new ArrayList<>();

  ReadBatch(PageCache cache) {
    this.cache = cache;
  }

  /** Adds a page, unless it is there or being read. */
  void add(long key, int block, @Nullable Inode inode) {
    Page page = cache.begin(key, block, inode);
    if (page != null) {
      pages.add(page);
    }
  }

  /** Submits what was added; sleeps for none of it. */
  void submit() {
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
    long sector = (long) run[0].block * Layout.SECTORS;
    int sectors = run.length * Layout.SECTORS;
    cache.disk().submit(new DiskRequest(sector, sectors, false, status -> ended(run, status)));
  }

  private void ended(Page[] run, int status) {
    for (Page page : run) {
      cache.ended(page, status);
    }
  }
}
