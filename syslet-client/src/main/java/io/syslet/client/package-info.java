/**
 * A kernel that is elsewhere: in another process, or on another host.
 *
 * <p>{@link io.syslet.client.RemoteKernel} is the generic kernel whose machine is a connection.
 * Netty and the journal are not needed here.
 */
@NullMarked
package io.syslet.client;

import org.jspecify.annotations.NullMarked;
