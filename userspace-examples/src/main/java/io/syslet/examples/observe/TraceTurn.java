package io.syslet.examples.observe;

/**
 * A task or virtual thread was on a worker.
 *
 * @param process the process,
 * @param row the worker's row.
 * @param task the task, or 0.
 * @param name what the thread is called.
 * @param start nanoseconds since the trace began.
 * @param end the same: when the worker was free of it, if it went on without that worker.
 * @param handedOver whether it did so.
 */
record TraceTurn(
    long process, long row, long task, String name, long start, long end, boolean handedOver) {}
