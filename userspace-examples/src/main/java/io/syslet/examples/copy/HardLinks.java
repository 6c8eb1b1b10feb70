package io.syslet.examples.copy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Files of which there is more than one name, by device and inode, until all their names have been
 * seen: the first name is copied, the others wait for it and become links. Any task.
 */
final class HardLinks {
  /** Which file it is. */
  private record Key(long device, long ino) {}

  /** What has become of a file. */
  private static final class Copied {
    final Entry first;
    final List<Entry> waiting = new ArrayList<>();
    long unseen;
    boolean isDone;

    Copied(Entry first, long names) {
      this.first = first;
      this.unseen = names;
    }
  }

  private final Map<Key, Copied> known = new HashMap<>();

  /**
   * What to do with a name.
   *
   * @return the name itself if it is the first and is to be copied; the first one if this is to be
   *     a link to its copy; null if that is under way: {@link #ended} returns the name then.
   */
  synchronized @Nullable Entry first(Found found, Entry name) {
    Key key = key(found);
    Copied copied = known.get(key);
    if (copied == null) {
      known.put(key, new Copied(name, Integer.toUnsignedLong(found.nlink()) - 1));
      return name;
    }
    if (!copied.isDone) {
      copied.waiting.add(name);
      return null;
    }
    if (--copied.unseen <= 0) {
      known.remove(key);
    }
    return copied.first;
  }

  /** The first name was copied, or was not: those that waited for it, to be looked at again. */
  synchronized List<Entry> ended(Found found, boolean isCopied) {
    Key key = key(found);
    Copied copied = known.get(key);
    if (copied == null) {
      return List.of();
    }
    copied.isDone = true;
    if (!isCopied) {
      known.remove(key);
    }
    List<Entry> waiting = List.copyOf(copied.waiting);
    copied.waiting.clear();
    return waiting;
  }

  private static Key key(Found found) {
    return new Key(found.device(), found.ino());
  }
}
