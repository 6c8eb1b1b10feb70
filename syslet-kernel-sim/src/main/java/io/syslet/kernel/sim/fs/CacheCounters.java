package io.syslet.kernel.sim.fs;

/**
 * What the caches hold and have done.
 *
 * @param hits pages that were there when they were wanted.
 * @param misses pages that were not.
 * @param evicted pages that went for others.
 * @param pages held.
 * @param dentries held, those of names that are not there included.
 * @param unwritten pages that are dirty or being written.
 */
public record CacheCounters(
    long hits, long misses, long evicted, int pages, int dentries, int unwritten) {}
