package io.syslet.kernel.sim;

/**
 * Who is in a machine.
 *
 * @param tasks that have not ended.
 * @param workers all of them.
 * @param spares those of them that stand by.
 * @param stacks of frames that belong to calls.
 */
public record SimCensus(int tasks, int workers, int spares, int stacks) {}
