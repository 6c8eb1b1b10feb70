package io.syslet.kernel.sim.fs;

import io.syslet.kernel.sim.SimCalls;
import io.syslet.kernel.sim.SimMachine;
import io.syslet.kernel.sim.disk.BlockDevice;

/**
 * The file system of a machine, with an aged tree on a disk, mounted as the root.
 *
 * <pre>{@code
 * Disk disk = Disk.rotating(machine);
 * SimFs fs = new SimFs(machine, disk, FsOptions.of(seed, 300_000));
 * fs.register(calls);
 * }</pre>
 *
 * Unlike ext4 it has no journal, no access times but those that are set, no ACLs or extended
 * attributes, no devices, and no blocks for long symbolic links; O_DIRECT goes through the cache.
 */
public final class SimFs {
  /** {@link #drop}: pages. */
  public static final int PAGES = 1;

  /** {@link #drop}: dentries and inodes. */
  public static final int NAMES = 2;

  private final Volume volume;

  /**
   * Makes the file system and mounts it; nothing is cached but the root's inode.
   *
   * @throws IllegalArgumentException if the tree does not fit, or the file system on the disk.
   */
  public SimFs(SimMachine machine, BlockDevice disk, FsOptions options) {
    volume = new Volume(machine, disk, options);
  }

  /** The inside, to be checked. */
  Volume volume() {
    return volume;
  }

  /** Registers the calls that name files, or are for files of this file system alone. */
  public void register(SimCalls calls) {
    new OpenCalls(volume).register(calls);
    new StatCalls(volume).register(calls);
    new NameCalls(volume).register(calls);
    new RenameCalls(volume).register(calls);
    new AttributeCalls(volume).register(calls);
    new DirectoryCalls(volume).register(calls);
  }

  /**
   * Forgets what is clean and not in use: {@code /proc/sys/vm/drop_caches}. Inside the machine.
   *
   * @param what {@link #PAGES}, {@link #NAMES}, or both.
   * @return how many pages and names were forgotten.
   */
  public int drop(int what) {
    int pages = (what & PAGES) != 0 ? volume.cache.drop() : 0;
    int names = (what & NAMES) != 0 ? volume.dentries.drop() : 0;
    volume.machine.trace().event("fs.drop", what, pages, names);
    return pages + names;
  }

  /** What the caches hold and have done. */
  public CacheCounters counters() {
    return new CacheCounters(
        volume.cache.hits(),
        volume.cache.misses(),
        volume.cache.evicted(),
        volume.cache.size(),
        volume.dentries.size(),
        volume.writeback.unwritten());
  }

  /** How many blocks of 4 KiB the file system has. */
  public int blocks() {
    return volume.layout.blocks();
  }
}
