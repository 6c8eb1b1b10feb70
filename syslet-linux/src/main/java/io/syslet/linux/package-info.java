/**
 * The port of the syslet kernel to a real Linux machine, unprivileged and with a stock JDK.
 *
 * <p>A task is a virtual thread whose scheduler is ours. {@code indirect} yields to its carrier,
 * which makes the call; if the carrier sleeps in it, the {@linkplain io.syslet.linux.Sentinel
 * sentinel} of its processor sees that, and another carrier goes on with the task. The files in the
 * order of a call: {@link io.syslet.linux.TaskKernel}, {@link io.syslet.linux.LinuxTask}, {@link
 * io.syslet.linux.Carrier}, {@link io.syslet.linux.Cpu}, {@link io.syslet.linux.Native}.
 */
@NullMarked
package io.syslet.linux;

import org.jspecify.annotations.NullMarked;
