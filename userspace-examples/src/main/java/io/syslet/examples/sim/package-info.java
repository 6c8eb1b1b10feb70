/**
 * Simulated machines for the commands: a kernel, a disk and an aged tree put together, and the
 * programs of {@link io.syslet.examples} run on them.
 */
@NullMarked
package io.syslet.examples.sim;

import org.jspecify.annotations.NullMarked;
