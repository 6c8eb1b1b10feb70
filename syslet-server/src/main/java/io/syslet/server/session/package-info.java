/**
 * Sessions: what a client may call, under which root, and which of its calls are in flight.
 *
 * <p>A session belongs to one poller, a task of the server's kernel, and its state is touched by
 * that poller alone. What a client can write to is read once, into private memory, before it is
 * checked.
 */
@NullMarked
package io.syslet.server.session;

import org.jspecify.annotations.NullMarked;
