package io.syslet.examples;

import io.syslet.Sys;
import org.jspecify.annotations.Nullable;

/**
 * A directory of the tree. One task at a time owns it; its parent and its name never change, so any
 * task may follow those.
 */
final class Directory {
  /** The descriptor of a directory that is not open. */
  static final int CLOSED = -1;

  /** How it is opened: itself, and nothing that took its name in the meantime. */
  static final int OPEN_FLAGS = Sys.O_RDONLY | Sys.O_DIRECTORY | Sys.O_NOFOLLOW | Sys.O_CLOEXEC;

  final @Nullable Directory parent;
  final byte[] name;
  @Nullable TreeWalk owner;
  int fd = CLOSED;

  /** Whether getdents64 has nothing more to say. */
  boolean isRead;

  /** Whether it is read on when one of its listings is done. */
  boolean isStalled;

  /** Whether it is opened for another task. */
  boolean isGift;

  /** Whether it was opened while its task had nothing else open, but for its parent. */
  boolean isAlone;

  /** How often it was tried again because the process had no descriptors left. */
  int retries;

  /** Listings under way. */
  int listings;

  /** Subdirectories that wait to be opened, or are being opened. */
  int children;

  Directory(@Nullable Directory parent, byte[] name, @Nullable TreeWalk owner) {
    this.parent = parent;
    this.name = name;
    this.owner = owner;
  }

  /** Whether a call that is in flight or to come names the descriptor. */
  boolean needsDescriptor() {
    return !isRead || listings > 0 || children > 0;
  }
}
