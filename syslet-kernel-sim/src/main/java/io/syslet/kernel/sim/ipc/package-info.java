/**
 * What tasks of the simulated machine wait for, beside disks: a pipe, an eventfd, several files at
 * once, an epoll instance, a word of memory, a timer.
 */
@NullMarked
package io.syslet.kernel.sim.ipc;

import org.jspecify.annotations.NullMarked;
