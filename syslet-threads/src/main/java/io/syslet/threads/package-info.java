/**
 * Threadlets: virtual threads that never stall a processor.
 *
 * <p>A threadlet is a virtual thread of the JDK whose carriers are ours. It runs until it blocks;
 * if that puts its carrier to sleep, in a page fault, a file operation or a native function, the
 * other threadlets of the processor go on on another carrier. {@link io.syslet.threads.Threadlets}
 * makes them one by one; the agent makes every virtual thread of a program one.
 */
@NullMarked
package io.syslet.threads;

import org.jspecify.annotations.NullMarked;
