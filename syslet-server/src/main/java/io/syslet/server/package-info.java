/**
 * The service: the boundary between user and kernel as a boundary between processes.
 *
 * <p>The client is user space, the server the kernel. Netty and Chronicle Queue are known here and
 * nowhere else.
 */
@NullMarked
package io.syslet.server;

import org.jspecify.annotations.NullMarked;
