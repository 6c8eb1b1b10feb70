package io.syslet.examples;

import io.syslet.CString;
import io.syslet.Dirent;
import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Program;
import io.syslet.Stat;
import io.syslet.ring.Memory;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Linus's load, one task of it: lstat every entry below a directory, and sum the sizes.
 *
 * <p>The serial program opens a directory, reads its entries, asks about each, and goes down into
 * those that are directories. This one does the same, but waits for no call as long as there is
 * another to make.
 *
 * <pre>
 *   toOpen --openat--> toRead --getdents64--> toAsk --statx--> entries, bytes
 *      ^                  ^                     |       |
 *      |                  '-- until it says 0 --'       |
 *      '------------------- a directory ----------------'
 * </pre>
 *
 * Each turn fills a batch from what is ready and submits it. In a hot tree every call has ended
 * when the batch returns; in a cold one most are in flight then, and go on from where they end.
 */
final class TreeWalk implements Program, Calls.Listener {
  private static final int ASK = 0;
  private static final int READ = 1;
  private static final int OPEN = 2;
  private static final int CLOSE = 3;

  /** Listings of one directory at a time. */
  private static final int READ_AHEAD = 4;

  /** Directories opened in one turn: with more, a hot walk leaves what is near in the caches. */
  private static final int OPENS = 8;

  private static final int MOST_RETRIES = 1000;
  private static final long RETRY_NANOS = 1_000_000;

  /** Directories that a task gives to each one that has none; one, once descriptors run out. */
  private static final int GIFTS = 16;

  /** Turns without a call that sleeps until the walk takes the tree for cached. */
  private static final int COLD_TURNS = 256;

  private static final int MAX_NAME = 255;

  final Calls calls;
  long entries;
  long directories;
  final ExactSum bytes = new ExactSum();

  private final Walk walk;
  private final Descriptors descriptors;
  private final ListingPool listings;
  private final ArrayDeque<Directory> toOpen = new ArrayDeque<>();
  private final ArrayDeque<Directory> toRead = new ArrayDeque<>();
  private final ArrayDeque<Listing> toAsk = new ArrayDeque<>();
  private final @Nullable EntryList list;
  private final Stat stat = new Stat();
  private final Dirent scan = new Dirent();
  private int gifts;
  private int generosity = GIFTS;
  private int coldTurns;

  TreeWalk(Walk walk, int inFlight, int budget) {
    WalkOptions options = walk.options;
    this.walk = walk;
    this.calls = new Calls(walk.kernel, this, inFlight, options.mode(), walk.lstat.nr());
    this.descriptors = new Descriptors(walk.kernel, this, budget);
    this.listings = new ListingPool(walk.kernel, inFlight + Calls.BATCH);
    this.list = options.list() == null ? null : new EntryList(options.list());
  }

  @Override
  public void run(Kernel kernel) {
    try {
      for (Directory d = walk.exchange.take(this); d != null; d = walk.exchange.take(this)) {
        begin(d);
        walk();
      }
      if (list != null) {
        list.flush();
      }
    } finally {
      walk.exchange.end();
    }
  }

  private void begin(Directory directory) {
    directory.owner = this;
    descriptors.received(directory);
    toRead.addLast(directory);
  }

  private void walk() {
    while (!walk.exchange.isOver()) {
      fill();
      if (calls.filled() > 0) {
        calls.submit();
      } else if (calls.inFlight() > 0) {
        calls.await();
      } else if (toOpen.isEmpty()) {
        return;
      } else {
        descriptors.closeThoseNeededLast(toOpen);
      }
    }
  }

  private void fill() {
    share();
    coldTurns = calls.inFlight() > 0 ? COLD_TURNS : Math.max(coldTurns - 1, 0);
    if (coldTurns > 0) {
      keepTheDiskBusy();
    }
    while (calls.room() > 0 && !toAsk.isEmpty()) {
      ask(toAsk.peekLast());
    }
    while (calls.room() > 0 && !toRead.isEmpty() && listings.hasNext()) {
      read(toRead.pollLast());
    }
    for (int i = 0; i < OPENS && calls.room() > 0 && canOpenNext(); i++) {
      open(toOpen.pollLast());
    }
    while (calls.room() > 0 && descriptors.canClose()) {
      close();
    }
  }

  /**
   * Something sleeps, or did lately: what leads to further reads goes before what is probably known
   * already.
   */
  private void keepTheDiskBusy() {
    int most = calls.half() - calls.inFlight();
    for (; most > 0 && calls.room() > 0 && !toRead.isEmpty() && listings.hasNext(); most--) {
      read(toRead.pollLast());
    }
    for (; most > 0 && calls.room() > 0 && canOpenNext(); most--) {
      open(toOpen.pollLast());
    }
  }

  private boolean canOpenNext() {
    return !toOpen.isEmpty() && descriptors.canOpen(toOpen.peekLast());
  }

  /** Several at a time, since each costs whoever waits for it an open and a read. */
  private void share() {
    int most = generosity * walk.exchange.hungry();
    while (gifts < most && toOpen.size() > gifts + 1 && calls.room() > 0) {
      if (!openGift()) {
        return;
      }
    }
    if (generosity < GIFTS || (toOpen.isEmpty() && toRead.isEmpty())) {
      Directory gift = walk.exchange.takeNow();
      if (gift != null) {
        begin(gift);
      }
    }
  }

  /** The oldest directory has the most below it, so that is what another task gets. */
  private boolean openGift() {
    Directory oldest = toOpen.peekFirst();
    if (!descriptors.canOpen(oldest)) {
      return false;
    }
    oldest.isGift = true;
    gifts++;
    open(toOpen.pollFirst());
    return true;
  }

  private void ask(Listing listing) {
    Dirent entries = listing.entries;
    while (calls.room() > 0) {
      if (!entries.next()) {
        listing.hasMore = false;
        toAsk.pollLast();
        finishIfDone(listing);
        return;
      }
      if (!entries.isDotOrDotDot()) {
        ask(listing, entries.nameAddress());
      }
    }
  }

  private void ask(Listing listing, long name) {
    int call = calls.begin(ASK, listing, name);
    walk.lstat.add(calls, call, listing.directory.fd, name, calls.scratch(call));
    listing.calls++;
  }

  private void read(Directory directory) {
    Listing listing = listings.next(directory);
    directory.listings++;
    int call = calls.begin(READ, listing, 0);
    calls.add(call, Nr.GETDENTS64, directory.fd, listing.buffer, Listing.LENGTH, 0, 0);
  }

  private void open(Directory directory) {
    long at = descriptors.opening(directory);
    if (at < 0) {
      notOpened(directory, at);
      return;
    }
    int call = calls.begin(OPEN, directory, 0);
    long name = calls.scratch(call);
    CString.put(name, directory.name);
    calls.add(call, Nr.OPENAT, at, name, Directory.OPEN_FLAGS, 0, 0);
  }

  private void close() {
    calls.add(calls.begin(CLOSE, this, 0), Nr.CLOSE, descriptors.nextToClose(), 0, 0, 0, 0);
  }

  @Override
  public void ended(int call, long status) {
    Object subject = calls.subject(call);
    switch (calls.kind(call)) {
      case ASK -> asked((Listing) subject, call, status);
      case READ -> read((Listing) subject, status);
      case OPEN -> opened((Directory) subject, status);
      default -> descriptors.gone();
    }
  }

  private void asked(Listing listing, int call, long status) {
    if (status < 0) {
      failed(Paths.of(listing.directory, calls.name(call)), status);
    } else {
      add(listing.directory, calls.name(call), walk.lstat.read(stat, calls.scratch(call)));
    }
    listing.calls--;
    finishIfDone(listing);
  }

  private void add(Directory parent, long name, Stat found) {
    entries++;
    bytes.add(found.size());
    if (list != null) {
      list.add(parent, name, found.size());
    }
    if (found.isDirectory()) {
      directories++;
      if (!isKnown(Memory.getByte(name - Dirent.NAME + Dirent.TYPE)) && walk.isInside(found)) {
        enqueue(parent, name);
      }
    }
  }

  /**
   * Whether a directory of that type was queued when its entry was read: then no answer is needed.
   */
  private boolean isKnown(int type) {
    return type == Dirent.DT_DIR && !walk.options.oneFileSystem();
  }

  private void enqueue(Directory parent, long name) {
    parent.children++;
    toOpen.addLast(new Directory(parent, CString.bytes(name, MAX_NAME), this));
  }

  /** Queues what the listing itself says are directories: the disk can go there meanwhile. */
  private void enqueueKnown(Listing listing, long length) {
    scan.wrap(listing.buffer, length);
    while (scan.next()) {
      if (isKnown(scan.type()) && !scan.isDotOrDotDot()) {
        enqueue(listing.directory, scan.nameAddress());
      }
    }
  }

  private void read(Listing listing, long status) {
    Directory directory = listing.directory;
    if (status > 0) {
      listing.filled(status);
      enqueueKnown(listing, status);
      toAsk.addLast(listing);
      directory.isStalled = directory.listings == READ_AHEAD;
    } else {
      if (status < 0) {
        failed(Paths.of(directory), status);
      }
      directory.isRead = true;
      finishIfDone(listing);
    }
    if (!directory.isRead && !directory.isStalled) {
      toRead.addLast(directory);
    }
  }

  private void finishIfDone(Listing listing) {
    if (!listing.isDone()) {
      return;
    }
    Directory directory = listing.directory;
    listings.giveBack(listing);
    directory.listings--;
    if (directory.isStalled) {
      directory.isStalled = false;
      toRead.addLast(directory);
    }
    descriptors.release(directory);
  }

  private void opened(Directory directory, long status) {
    if (status < 0) {
      descriptors.gone();
      notOpened(directory, status);
      return;
    }
    directory.fd = (int) status;
    noLongerWaits(directory);
    if (directory.isGift) {
      gifts--;
      descriptors.gone();
      walk.exchange.give(directory);
    } else {
      toRead.addLast(directory);
    }
  }

  /** Descriptors that we or other tasks hold now will be free later; others' may never be. */
  private boolean mayTryAgain(Directory directory) {
    generosity = 1;
    descriptors.exhausted();
    if (!directory.isAlone) {
      return true;
    }
    boolean othersHold = walk.exchange.hasStock() || walk.exchange.othersWork();
    if (!othersHold || ++directory.retries > MOST_RETRIES) {
      return false;
    }
    LockSupport.parkNanos(RETRY_NANOS);
    return true;
  }

  private void notOpened(Directory directory, long status) {
    if (directory.isGift) {
      directory.isGift = false;
      gifts--;
    }
    boolean noDescriptors = status == -Errno.EMFILE || status == -Errno.ENFILE;
    if (noDescriptors && mayTryAgain(directory)) {
      toOpen.addLast(directory);
    } else {
      failed(Paths.of(directory), status);
      noLongerWaits(directory);
    }
  }

  private void noLongerWaits(Directory directory) {
    Directory parent = Objects.requireNonNull(directory.parent);
    parent.children--;
    descriptors.release(parent);
  }

  /** What went away during the walk is no error. */
  private void failed(byte[] path, long status) {
    if (!Walk.isGone(status)) {
      walk.failed(path, status);
    }
  }
}
