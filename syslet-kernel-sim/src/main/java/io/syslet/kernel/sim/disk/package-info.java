/**
 * Block devices in virtual time: a disk with an arm and platters, and one of flash. The models say
 * how long a request takes and know no queue, {@link io.syslet.kernel.sim.disk.Disk} has the queue
 * and knows no mechanics, and {@link io.syslet.kernel.sim.disk.DiskBound} asks a model alone what
 * the best of kernels could get out of it.
 */
@NullMarked
package io.syslet.kernel.sim.disk;

import org.jspecify.annotations.NullMarked;
