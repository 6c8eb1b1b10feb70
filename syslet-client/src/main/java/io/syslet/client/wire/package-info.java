/**
 * What client and server say to each other: frames, bounded, versioned and strictly decoded.
 *
 * <p>The layouts are drawn in {@code docs/protocol.md}. Nothing here knows of sockets or threads.
 */
@NullMarked
package io.syslet.client.wire;

import org.jspecify.annotations.NullMarked;
