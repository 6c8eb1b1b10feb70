package io.syslet.examples;

import io.syslet.Call;
import io.syslet.Calls;
import io.syslet.Dirent;
import io.syslet.Kernel;
import io.syslet.Program;
import io.syslet.Stat;
import java.util.ArrayDeque;

/**
 * Linus's load, one task of it: lstat every entry below a directory, and sum the sizes.
 *
 * <p>The serial program opens a directory, reads its entries, asks about each, and goes down into
 * those that are directories. This one does the same, but waits for no call as long as there is
 * another to make.
 *
 * <pre>
 *   openings --openat--> toRead --getdents64--> toAsk --statx--> entries, bytes
 *      ^                    ^                     |       |
 *      |                    '-- until it says 0 --'       |
 *      '------------------- a directory ------------------'
 * </pre>
 *
 * Each turn begins what there is room for and submits it. In a hot tree every call has ended then;
 * in a cold one most are in flight, and go on from where they end.
 */
final class TreeWalk implements Program {
  /** Listings of one directory at a time. */
  private static final int READ_AHEAD = 4;

  /** Directories opened in one turn: with more, a hot walk leaves what is near in the caches. */
  private static final int OPENS = 8;

  /** Turns without a call that sleeps until the walk takes the tree for cached. */
  private static final int COLD_TURNS = 256;

  final Calls calls;
  long entries;
  long directories;
  final ExactSum bytes = new ExactSum();

  private final Walk walk;
  private final Openings openings;
  private final ListingPool listings;

  /** Directories of which something is read. */
  private final ArrayDeque<Directory> toRead = new ArrayDeque<>();

  private final ArrayDeque<Listing> toAsk = new ArrayDeque<>();
  private final EntryList list;
  private final Call.Listener<Listing> asked = this::asked;
  private final Call.Listener<Listing> filled = this::filled;
  private final Dirent scan = new Dirent();
  private int coldTurns;

  TreeWalk(Walk walk, int inFlight, int budget) {
    WalkOptions options = walk.options;
    this.walk = walk;
    this.calls = options.mode().applyTo(Calls.of(walk.kernel, inFlight), walk.lstat.nr());
    this.openings = new Openings(walk, this, budget);
    this.listings = new ListingPool(walk.kernel, inFlight + Calls.BATCH);
    this.list = new EntryList(options.list());
  }

  @Override
  public void run(Kernel kernel) {
    try {
      for (Directory d = walk.exchange.take(this); d != null; d = walk.exchange.take(this)) {
        openings.received(d);
        walk();
      }
      list.flush();
    } finally {
      walk.exchange.end();
    }
  }

  private void walk() {
    while (!walk.exchange.isOver()) {
      begin();
      if (calls.queued() > 0) {
        calls.submit();
      } else if (!calls.await()) {
        if (openings.isEmpty()) {
          return;
        }
        openings.closeThoseNeededLast();
      }
    }
  }

  /** As long as something sleeps, or did lately, what leads to further reads goes first. */
  private void begin() {
    openings.share(!toRead.isEmpty());
    coldTurns = calls.inFlight() > 0 ? COLD_TURNS : Math.max(coldTurns - 1, 0);
    if (coldTurns > 0) {
      int most = calls.limit() / 2 - calls.inFlight();
      openings.open(most - read(most));
    }
    ask();
    read(Integer.MAX_VALUE);
    openings.open(OPENS);
  }

  private int read(int most) {
    int count = 0;
    for (; count < most && calls.room() > 0 && canRead() && listings.hasNext(); count++) {
      Directory directory = toRead.isEmpty() ? openings.nextUnread() : toRead.removeLast();
      Listing listing = listings.next(directory);
      directory.listings++;
      calls.getdents64(directory.fd, listing.buffer, Listing.LENGTH).then(filled, listing, 0);
    }
    return count;
  }

  private boolean canRead() {
    return !toRead.isEmpty() || openings.hasUnread();
  }

  private void filled(Listing listing, Call call, long status) {
    Directory directory = listing.directory;
    if (status > 0) {
      listing.filled(status);
      enqueueKnown(listing, status);
      toAsk.addLast(listing);
      directory.isStalled = directory.listings == READ_AHEAD;
    } else {
      walk.check(directory, status);
      directory.isRead = true;
      finishIfDone(listing);
    }
    if (!directory.isRead && !directory.isStalled) {
      toRead.addLast(directory);
    }
  }

  private void ask() {
    while (calls.room() > 0 && !toAsk.isEmpty()) {
      Listing listing = toAsk.peekLast();
      long name = listing.next();
      if (name == Listing.NO_NAME) {
        toAsk.pollLast();
        finishIfDone(listing);
      } else {
        walk.lstat.begin(calls, listing.directory.fd, name).then(asked, listing, name);
      }
    }
  }

  private void asked(Listing listing, Call call, long status) {
    if (status < 0) {
      walk.failed(Paths.of(listing.directory, call.data()), status);
    } else {
      add(listing.directory, call.data(), walk.lstat.read(call));
    }
    listing.answered();
    finishIfDone(listing);
  }

  private void add(Directory parent, long name, Stat found) {
    entries++;
    bytes.add(found.size());
    list.add(parent, name, found.size());
    if (found.isDirectory()) {
      directories++;
      if (!walk.isKnown(Dirent.typeOf(name)) && walk.isInside(found)) {
        openings.add(parent, name);
      }
    }
  }

  /** Queues what the listing itself says are directories: the disk can go there meanwhile. */
  private void enqueueKnown(Listing listing, long length) {
    scan.wrap(listing.buffer, length);
    while (scan.nextChild()) {
      if (walk.isKnown(scan.type())) {
        openings.add(listing.directory, scan.nameAddress());
      }
    }
  }

  private void finishIfDone(Listing listing) {
    if (listing.isDone()) {
      Directory directory = listing.directory;
      listings.giveBack(listing);
      directory.listings--;
      if (directory.isStalled) {
        directory.isStalled = false;
        toRead.addLast(directory);
      }
      openings.release(directory);
    }
  }
}
