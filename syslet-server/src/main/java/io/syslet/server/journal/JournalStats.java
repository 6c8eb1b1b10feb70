package io.syslet.server.journal;

/**
 * What a journal holds and has done, at one moment.
 *
 * @param sessions that it holds.
 * @param calls in flight.
 * @param completions that were not acknowledged.
 * @param records number of the last one, counted over all runs.
 * @param files begun in this run.
 * @param usedBytes of the present file.
 * @param fileBytes that the present file has for records.
 * @param refused how often −ENOSPC was answered.
 * @param failed whether the journal cannot be written any more.
 */
public record JournalStats(
    int sessions,
    int calls,
    int completions,
    long records,
    int files,
    long usedBytes,
    long fileBytes,
    long refused,
    boolean failed) {}
