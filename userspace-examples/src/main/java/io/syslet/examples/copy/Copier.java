package io.syslet.examples.copy;

import io.syslet.Dirent;
import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Program;
import io.syslet.Stat;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One task of a copy: takes an entry or a folder after the other, and copies it as a serial program
 * would.
 */
final class Copier implements Program {
  /** Bytes asked for at a time: a folder is listed on when these entries have been begun. */
  private static final int LISTING = 32 * 1024;

  private static final byte[] ITSELF = {};

  final Counts counts = new Counts();

  private final TreeCopy copy;
  private final Hand hand;
  private final Maker maker;
  private final Attributes attributes;
  private final Dirent names = new Dirent();

  Copier(TreeCopy copy, Kernel kernel) {
    this.copy = copy;
    hand = new Hand(kernel);
    attributes = new Attributes(hand);
    maker = new Maker(copy, hand, attributes, counts);
  }

  @Override
  public void run(Kernel kernel) {
    try (hand) {
      for (Item item = copy.work.take(); item != null; item = copy.work.take()) {
        handle(item);
        copy.work.done();
      }
      counts.calls = hand.calls.made();
      counts.pending = hand.calls.pending();
    } finally {
      // The others would wait for what a task that dies owes them.
      copy.work.stop();
    }
  }

  private void handle(Item item) {
    switch (item) {
      case Entry entry -> {
        if (isCopied(entry)) {
          leave(entry.in);
        }
      }
      case CopiedFolder folder -> {
        if (!isListed(folder)) {
          leave(folder);
        }
      }
    }
  }

  // ---- entries

  /** Copies an entry; false if it goes on by itself: a folder, or a link that waits. */
  private boolean isCopied(Entry entry) {
    try {
      copy.folders.pin(entry.in, hand);
      try {
        return isCopiedIn(entry);
      } finally {
        copy.folders.unpin(entry.in, hand);
      }
    } catch (CallFailedException e) {
      copy.failed(e.isTarget ? entry.toPath() : entry.fromPath(), e);
      return true;
    }
  }

  private boolean isCopiedIn(Entry entry) throws CallFailedException {
    if (entry.type == Dirent.DT_REG) {
      return maker.isFileMade(entry);
    }
    if (entry.type == Dirent.DT_DIR) {
      goDown(entry);
      return false;
    }
    CallFailedException.from(hand.stat(entry.in.fromFd, entry.from));
    Found found = hand.found();
    return switch (found.type()) {
      case Stat.S_IFREG -> maker.isFileMade(entry);
      case Stat.S_IFDIR -> {
        goDown(entry);
        yield false;
      }
      case Stat.S_IFSOCK -> {
        copy.skipped(entry.fromPath(), "a socket, not copied");
        yield true;
      }
      default -> maker.isMade(entry, found, CopiedFolder.CLOSED);
    };
  }

  private void goDown(Entry entry) throws CallFailedException {
    CopiedFolder folder = new CopiedFolder(entry.in, entry.from, entry.to);
    copy.folders.pin(folder, hand);
    try {
      CallFailedException.from(hand.stat(folder.fromFd, ITSELF));
      Found found = hand.found();
      folder.found = found;
      CallFailedException.to(hand.stat(folder.toFd, ITSELF));
      if (copy.isCopyItself(entry, found, hand.found())) {
        CallFailedException.from(-Errno.ELOOP);
      }
    } finally {
      copy.folders.unpin(folder, hand);
    }
    counts.directories++;
    copy.work.add(List.of(folder));
  }

  // ---- folders

  /** Queues what the next listing of a folder has, and the folder behind that; false at its end. */
  private boolean isListed(CopiedFolder folder) {
    try {
      copy.folders.pin(folder, hand);
      try {
        int from = folder.fromFd;
        long length = hand.call(Nr.GETDENTS64, from, hand.buffer, LISTING, 0, 0, 0);
        return isQueued(folder, CallFailedException.from(length));
      } finally {
        copy.folders.unpin(folder, hand);
      }
    } catch (CallFailedException e) {
      failed(folder, e);
      return false;
    }
  }

  private boolean isQueued(CopiedFolder folder, long length) {
    if (length == 0) {
      return false;
    }
    List<Item> found = new ArrayList<>();
    names.wrap(hand.buffer, length);
    while (names.next()) {
      folder.offset = names.offset();
      if (!names.isDotOrDotDot()) {
        byte[] name = names.nameBytes();
        found.add(new Entry(folder, name, name, names.type()));
      }
    }
    folder.left.addAndGet(found.size());
    found.add(folder);
    copy.work.add(found);
    return true;
  }

  /** Something in a folder is done: if that was the last, so is the folder, and so on upwards. */
  private void leave(CopiedFolder folder) {
    for (CopiedFolder each = folder; each.left.decrementAndGet() == 0; ) {
      finish(each);
      each = Objects.requireNonNull(each.parent);
    }
  }

  /** Nothing changes the copy of a folder any more: now it can have its times. */
  private void finish(CopiedFolder folder) {
    try {
      copy.folders.pin(folder, hand);
      try {
        attributes.give(folder.fromFd, folder.toFd, Objects.requireNonNull(folder.found));
      } finally {
        copy.folders.over(folder);
        copy.folders.unpin(folder, hand);
      }
    } catch (CallFailedException e) {
      failed(folder, e);
    }
  }

  private void failed(CopiedFolder folder, CallFailedException e) {
    copy.failed(e.isTarget ? folder.toPath() : folder.fromPath(), e);
  }
}
