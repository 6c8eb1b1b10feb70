package io.syslet.linux;

/**
 * What a {@link Scheduler} does, and has done. Each figure is exact at some moment during the call;
 * together they are not of one moment.
 *
 * @param processors how many continuations may run at once now.
 * @param mounted continuations that run, or sleep on a worker.
 * @param blocked those of them whose worker lost its processor to others, since it sleeps or did.
 * @param queued continuations that wait for their turn.
 * @param workers threads that there are.
 * @param mostWorkers the greatest number of threads so far.
 * @param maxBlocked how many workers may be blocked at once.
 * @param replacements how often a worker has lost its processor because it slept.
 * @param starved how often a worker slept while others waited, and there was no spare.
 */
public record SchedulerStats(
    int processors,
    int mounted,
    int blocked,
    long queued,
    int workers,
    int mostWorkers,
    int maxBlocked,
    long replacements,
    long starved) {}
