/**
 * A folder that {@code syslet serve} serves, as a file system of Hadoop's: {@link
 * io.syslet.hadoop.SysletFileSystem}. What it needs of syslet is the client; nothing here needs
 * Netty or a journal.
 *
 * <pre>
 *   a thread of Hadoop's   SysletFileSystem, streams, TreeIterator
 *                              | a job                 ^ its future
 *                              v                       |
 *   tasks of the session   CallLoop: begins calls, is told of their ends
 *                              |
 *   the client             RemoteKernel
 * </pre>
 *
 * So a thread of Hadoop's never waits but for a future, and can be interrupted whatever the server
 * and the network do.
 */
@NullMarked
package io.syslet.hadoop;

import org.jspecify.annotations.NullMarked;
