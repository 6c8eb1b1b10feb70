/**
 * The completion ring: the memory in which the results of asynchronous calls come back.
 *
 * <p>{@link io.syslet.ring.RingDescriptor} draws the memory, {@link io.syslet.ring.CompletionRing}
 * is the ring, {@link io.syslet.ring.CompletionWord} the one-call variant, and {@link
 * io.syslet.ring.WaitQueues} is where a task sleeps until something was completed. The algorithm is
 * told at the head of {@code Reservations}, {@code Publication} and {@code HeadMover}.
 *
 * <p>Results are values or −errno. Nothing is thrown, allocated or locked between a reservation and
 * its completion.
 */
@NullMarked
package io.syslet.ring;

import org.jspecify.annotations.NullMarked;
