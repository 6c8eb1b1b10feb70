package io.syslet.examples.copy;

import io.syslet.CString;
import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Stat;
import io.syslet.Sys;

/**
 * Makes the copies of what is no directory: under a temporary name until it is whole, or as a link
 * to another copy if the original is a link to another one. For one task.
 */
final class Maker {
  private static final byte[] ITSELF = {};
  private static final int FROM_FLAGS = Sys.O_RDONLY | Sys.O_NOCTTY | Sys.O_NONBLOCK;
  private static final int TO_FLAGS = Sys.O_WRONLY | Sys.O_CREAT | Sys.O_EXCL | Sys.O_NOCTTY;
  private static final int MODE = 0600;

  private final TreeCopy copy;
  private final Hand hand;
  private final Attributes attributes;
  private final CopiedContent content;
  private final Counts counts;

  Maker(TreeCopy copy, Hand hand, Attributes attributes, Counts counts) {
    this.copy = copy;
    this.hand = hand;
    this.attributes = attributes;
    this.content = new CopiedContent(hand);
    this.counts = counts;
  }

  /** As {@link #isMade}, of a regular file. */
  boolean isFileMade(Entry entry) throws CallFailedException {
    CopiedFolder in = entry.in;
    long from =
        CallFailedException.from(copy.folders.open(in.fromFd, entry.from, FROM_FLAGS, 0, hand));
    try {
      CallFailedException.from(hand.stat((int) from, ITSELF));
      Found found = hand.found();
      // Something else may have taken the name since it was listed.
      CallFailedException.from(found.type() == Stat.S_IFREG ? 0 : -Errno.ESTALE);
      return isMade(entry, found, (int) from);
    } finally {
      hand.close(from);
    }
  }

  /**
   * Makes the copy of an entry.
   *
   * @param from the open original of a regular file.
   * @return false if it is a link to what another task copies now: then it will be made later.
   */
  boolean isMade(Entry entry, Found found, int from) throws CallFailedException {
    if (found.nlink() == 1) {
      make(entry, found, from);
      return true;
    }
    Entry first = copy.links.first(found, entry);
    if (first == null) {
      return false;
    }
    if (first != entry) {
      link(first, entry);
      count(found);
      return true;
    }
    boolean isCopied = false;
    try {
      make(entry, found, from);
      isCopied = true;
    } finally {
      copy.work.add(copy.links.ended(found, isCopied));
    }
    return true;
  }

  private void make(Entry entry, Found found, int from) throws CallFailedException {
    int dirfd = entry.in.toFd;
    byte[] name = copy.names.next();
    try {
      switch (found.type()) {
        case Stat.S_IFREG -> makeFile(dirfd, name, found, from);
        case Stat.S_IFLNK -> makeSymbolicLink(entry, name, found);
        default -> makeNode(dirfd, name, found);
      }
      CallFailedException.to(hand.rename(dirfd, name, entry.to));
    } catch (CallFailedException e) {
      hand.unlink(dirfd, name);
      throw e;
    }
    count(found);
  }

  private void makeNode(int dirfd, byte[] name, Found found) throws CallFailedException {
    int mode = found.type() | MODE;
    CallFailedException.to(hand.makeNode(dirfd, name, mode, found.rdev()));
    long node = CallFailedException.to(copy.folders.open(dirfd, name, Sys.O_PATH, 0, hand));
    try {
      attributes.give((int) node, found);
    } finally {
      hand.close(node);
    }
  }

  private void makeFile(int dirfd, byte[] name, Found found, int from) throws CallFailedException {
    long to = CallFailedException.to(copy.folders.open(dirfd, name, TO_FLAGS, MODE, hand));
    try {
      counts.bytes += content.copy(from, (int) to, found);
      attributes.give(from, (int) to, found);
    } catch (CallFailedException e) {
      hand.close(to);
      throw e;
    }
    // Some file systems say only now that there is no room.
    CallFailedException.to(hand.call(Nr.CLOSE, to, 0, 0, 0, 0, 0));
  }

  private void makeSymbolicLink(Entry entry, byte[] name, Found found) throws CallFailedException {
    byte[] target = hand.readLink(entry.in.fromFd, entry.from, CString.PATH_MAX);
    CallFailedException.to(hand.calls.symlinkat(target, entry.in.toFd, name).await());
    attributes.give(entry.in.toFd, name, found);
  }

  private void link(Entry first, Entry entry) throws CallFailedException {
    copy.folders.pin(first.in, hand);
    try {
      int from = first.in.toFd;
      int to = entry.in.toFd;
      long linked = hand.link(from, first.to, to, entry.to);
      CallFailedException.to(linked == -Errno.EEXIST ? replace(from, first, to, entry) : linked);
    } finally {
      copy.folders.unpin(first.in, hand);
    }
  }

  private long replace(int from, Entry first, int to, Entry entry) throws CallFailedException {
    byte[] name = copy.names.next();
    CallFailedException.to(hand.link(from, first.to, to, name));
    long renamed = hand.rename(to, name, entry.to);
    // It is still there if both were links to the same file already.
    hand.unlink(to, name);
    return renamed;
  }

  private void count(Found found) {
    if (found.type() == Stat.S_IFREG) {
      counts.files++;
    } else {
      counts.others++;
    }
  }
}
