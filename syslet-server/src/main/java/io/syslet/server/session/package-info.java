/**
 * Sessions: who is connected, which calls are in flight, and what of them a client is still to be
 * told.
 *
 * <p>A session belongs to one poller, a task of the server's kernel, and its state is touched by
 * that poller alone.
 */
@NullMarked
package io.syslet.server.session;

import org.jspecify.annotations.NullMarked;
