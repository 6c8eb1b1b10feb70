/**
 * The journal: what a session's client must find again after a crash.
 *
 * <p>One {@link io.syslet.server.journal.Journal} per server, one {@link
 * io.syslet.server.journal.Writer} per poller. Files are Chronicle Queue's; {@code ChronicleLog} is
 * the one class that calls it, and {@code RecordReader} the one that knows its file format: a file
 * is read without the library, so that a damaged one cannot harm it.
 */
@NullMarked
package io.syslet.server.journal;

import org.jspecify.annotations.NullMarked;
