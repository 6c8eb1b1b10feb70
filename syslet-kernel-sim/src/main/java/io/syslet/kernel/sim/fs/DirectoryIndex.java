package io.syslet.kernel.sim.fs;

import io.syslet.Dirent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a directory holds, by rising hash: the order of ext4's htree, and of readdir.
 *
 * <pre>
 *   one block     entries
 *   more          block 0: index | block 1 .. n: a range of hashes each
 * </pre>
 *
 * Leaves are filled evenly; after splits an htree's are about three quarters full. The hash is the
 * offset that getdents64 tells, so a listing goes on behind it whatever was added or removed.
 */
final class DirectoryIndex {
  /** Bytes of {@code .} and {@code ..}. */
  static final int EMPTY = 24;

  /** Bytes of a leaf that are in use when it is split or was. */
  private static final int LEAF = Layout.BLOCK * 3 / 4;

  private DirEntry[] entries;
  private int size;
  private long bytes = EMPTY;
  private int subdirectories;
  private @Nullable Map<Long, DirEntry> absent;

  DirectoryIndex(int room) {
    entries = new DirEntry[Math.max(4, room)];
  }

  /** Bytes of an entry on the disk: inode, length, type, name, to the next 4. */
  static int record(int nameLength) {
    return (8 + nameLength + 3) & ~3;
  }

  /** How many blocks hold so many bytes of entries. */
  static int blocksFor(long bytes) {
    return bytes <= Layout.BLOCK ? 1 : 1 + (int) ((bytes + LEAF - 1) / LEAF);
  }

  int size() {
    return size;
  }

  DirEntry get(int rank) {
    return entries[rank];
  }

  int subdirectories() {
    return subdirectories;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** How many blocks there must be once a name of so many bytes is added. */
  int blocksWith(int nameLength) {
    return blocksFor(bytes + record(nameLength));
  }

  /** The rank of the first entry whose hash is greater. */
  int rankAfter(long hash) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (entries[middle].hash > hash) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** The block of the directory that holds the entry of that rank, of so many blocks. */
  int blockOf(int rank, int blocks) {
    return blocks == 1
        ? 0
        : 1 + (int) ((long) Math.min(rank, size - 1) * (blocks - 1) / Math.max(1, size));
  }

  /** The entry with that name; null if there is none. */
  @Nullable DirEntry find(long hash, byte[] path, int from, int length) {
    for (int i = rankAfter(hash - 1); i < size && near(entries[i], hash); i++) {
      if (entries[i].is(path, from, length)) {
        return entries[i];
      }
    }
    return null;
  }

  /** Two names of one hash get neighbouring ones. */
  private static boolean near(DirEntry entry, long hash) {
    return entry.hash - hash < 8;
  }

  /** The dentry that says that there is no such name; null if nobody knows. */
  @Nullable DirEntry absent(long hash, byte[] path, int from, int length) {
    DirEntry entry = absent == null ? null : absent.get(hash);
    return entry != null && entry.is(path, from, length) ? entry : null;
  }

  /** Remembers that there is no such name. */
  DirEntry addAbsent(byte[] name, long hash) {
    Map<Long, DirEntry> known = absent == null ? new HashMap<>() : absent;
    absent = known;
    DirEntry entry = new DirEntry(this, name, hash, 0, 0);
    known.put(hash, entry);
    return entry;
  }

  /** Forgets that there is no name with that hash: the dentry, to be forgotten too, or null. */
  @Nullable DirEntry removeAbsent(long hash) {
    return absent == null ? null : absent.remove(hash);
  }

  /** Adds a name that is not there. */
  DirEntry add(byte[] name, long wanted, int inode, int type) {
    long hash = wanted;
    int rank = rankAfter(hash - 1);
    while (rank < size && entries[rank].hash == hash) {
      hash++;
      rank++;
    }
    if (size == entries.length) {
      entries = Arrays.copyOf(entries, 2 * size);
    }
    System.arraycopy(entries, rank, entries, rank + 1, size - rank);
    DirEntry entry = new DirEntry(this, name, hash, inode, type);
    entries[rank] = entry;
    size++;
    count(entry, 1);
    return entry;
  }

  /** Adds names in any order, and sorts once; hashes that are equal are moved apart. */
  void addAll(DirEntry[] unsorted) {
    entries = unsorted;
    Arrays.sort(entries, (a, b) -> Long.compare(a.hash, b.hash));
    size = entries.length;
    for (int i = 0; i < size; i++) {
      DirEntry e = entries[i];
      if (i > 0 && e.hash <= entries[i - 1].hash) {
        entries[i] = new DirEntry(this, e.name, entries[i - 1].hash + 1, e.inode, e.type);
      }
      count(entries[i], 1);
    }
  }

  /** Removes an entry that is there. */
  void remove(DirEntry entry) {
    int rank = rankAfter(entry.hash - 1);
    System.arraycopy(entries, rank + 1, entries, rank, size - rank - 1);
    size--;
    count(entry, -1);
  }

  /** Lets an entry name another inode. */
  void retarget(DirEntry entry, int inode, int type) {
    count(entry, -1);
    entry.inode = inode;
    entry.type = type;
    count(entry, 1);
  }

  private void count(DirEntry entry, int sign) {
    bytes += (long) sign * record(entry.name.length);
    if (entry.type == Dirent.DT_DIR) {
      subdirectories += sign;
    }
  }
}
