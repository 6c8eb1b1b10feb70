/**
 * A small file system on a simulated disk, in the manner of ext4: groups, inode tables, directories
 * in the order of hashes, extents, a page cache, dentries and inodes that can be forgotten.
 *
 * <p>What a file <em>is</em> (names, attributes, contents) is kept in Java objects, and always
 * right. What the machine <em>knows</em> of it is a flag or a page in a cache; without it a call
 * reads the block where an ext4 would have it, and sleeps. So a call has two parts: first it brings
 * in what it needs, which may sleep, again until it needs nothing more; then it does its work in
 * one go, on what is true then. Nobody else runs meanwhile, so there are few locks.
 */
@NullMarked
package io.syslet.kernel.sim.fs;

import org.jspecify.annotations.NullMarked;
