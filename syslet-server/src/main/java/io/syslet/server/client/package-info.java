/**
 * A kernel that is elsewhere: in another process, or on another host.
 *
 * <p>{@link io.syslet.server.client.RemoteKernel} is the generic kernel whose machine is a
 * connection. Netty and the journal are not needed here.
 */
@NullMarked
package io.syslet.server.client;

import org.jspecify.annotations.NullMarked;
