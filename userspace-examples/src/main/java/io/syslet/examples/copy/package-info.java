/**
 * A tree copied with many calls in flight, by {@link io.syslet.examples.copy.TreeCopy}: tasks that
 * take entries from one heap of work, each of them plain serial code whose calls may sleep.
 */
@NullMarked
package io.syslet.examples.copy;

import org.jspecify.annotations.NullMarked;
