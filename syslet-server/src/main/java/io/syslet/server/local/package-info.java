/**
 * A client on the same host: it shares memory with the server, and not a message is needed for a
 * call that does not block.
 *
 * <p>{@link io.syslet.client.local.ArenaLayout} draws the memory. {@link
 * io.syslet.server.local.LocalPort} is the server's side, {@link io.syslet.client.local.LocalLink}
 * the client's; {@code syslet-client/src/main/c/syslet.h} is a client for programs in C.
 */
@NullMarked
package io.syslet.server.local;

import org.jspecify.annotations.NullMarked;
