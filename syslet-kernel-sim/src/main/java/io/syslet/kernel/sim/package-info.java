/**
 * The simulated machine: a virtual clock, one processor, kernel threads made of coroutines, and the
 * syslet kernel that runs on it. With the same seed it does the same, byte for byte of its {@link
 * io.syslet.kernel.sim.Trace}.
 *
 * <p>What a part of the machine (a disk, a file system, a pipe) needs is {@link
 * io.syslet.kernel.sim.SimMachine}; its code is plain blocking code, which sleeps in a {@link
 * io.syslet.kernel.sim.WaitQueue}.
 */
@NullMarked
package io.syslet.kernel.sim;

import org.jspecify.annotations.NullMarked;
