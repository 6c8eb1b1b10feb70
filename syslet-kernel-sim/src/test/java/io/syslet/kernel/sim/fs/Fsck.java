package io.syslet.kernel.sim.fs;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Dirent;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Looks whether a file system that nobody uses is sound: names, links, blocks, bitmaps. */
final class Fsck {
  private final Volume volume;
  private final Map<Integer, Integer> names = new HashMap<>();
  private final BitSet blocks = new BitSet();
  private int mapped;

  private Fsck(Volume volume) {
    this.volume = volume;
  }

  static void check(SimFs fs) {
    Fsck fsck = new Fsck(fs.volume());
    fsck.walk();
    fsck.links();
    fsck.bitmaps();
  }

  private void walk() {
    ArrayDeque<Inode> directories = new ArrayDeque<>();
    directories.add(volume.inodes.root());
    names.put(Layout.ROOT, 1);
    blocks(volume.inodes.root());
    while (!directories.isEmpty()) {
      Inode directory = directories.remove();
      DirectoryIndex content = volume.inodes.directory(directory);
      long before = 2;
      for (int rank = 0; rank < content.size(); rank++) {
        DirEntry entry = content.get(rank);
        assertThat(entry.hash).isGreaterThan(before);
        before = entry.hash;
        Inode inode = volume.inodes.get(entry.inode);
        assertThat(entry.type).isEqualTo(inode.direntType());
        if (names.merge(inode.number, 1, Integer::sum) == 1) {
          blocks(inode);
        }
        if (entry.type == Dirent.DT_DIR) {
          assertThat(names.get(inode.number)).as("names of a directory").isEqualTo(1);
          directories.add(inode);
        }
      }
      assertThat(directory.links).isEqualTo(2 + content.subdirectories());
      assertThat(directory.size).isEqualTo((long) directory.extents.blocks() * Layout.BLOCK);
      assertThat(directory.extents.blocks()).isGreaterThanOrEqualTo(content.blocksWith(-8));
    }
  }

  private void blocks(Inode inode) {
    int found = 0;
    for (int block = inode.extents.nextMapped(0);
        block >= 0;
        block = inode.extents.nextMapped(block + 1)) {
      int at = inode.extents.find(block);
      assertThat(blocks.get(at)).as("block %d is in two files", at).isFalse();
      blocks.set(at);
      found++;
    }
    assertThat(inode.extents.blocks()).isEqualTo(found);
    assertThat(inode.unwritten).isZero();
    mapped += found;
  }

  private void links() {
    names.forEach(
        (number, count) -> {
          Inode inode = volume.inodes.get(number);
          assertThat(inode.opens).as("opens of %d", number).isZero();
          if (!inode.isDirectory()) {
            assertThat(inode.links).as("links of %d", number).isEqualTo(count);
          }
        });
  }

  private void bitmaps() {
    Allocator empty = new Allocator(volume.layout);
    assertThat(empty.freeBlocks() - volume.allocator.freeBlocks()).isEqualTo(mapped);
    assertThat(empty.freeInodes() - volume.allocator.freeInodes()).isEqualTo(names.size() - 1);
  }
}
