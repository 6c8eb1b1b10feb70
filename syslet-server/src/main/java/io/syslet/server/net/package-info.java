/**
 * The connections of the service, on Netty: Unix sockets for clients on this host, TLS for others.
 *
 * <p>An event loop reads frames, checks who speaks and in which order, and passes batches on to the
 * session's poller, which answers. Nothing here makes a call for a client.
 */
@NullMarked
package io.syslet.server.net;

import org.jspecify.annotations.NullMarked;
