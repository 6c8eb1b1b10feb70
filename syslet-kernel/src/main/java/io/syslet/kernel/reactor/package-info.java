/**
 * Calls that need no thread while they wait: one thread of a kernel waits for all their descriptors
 * and times, and makes each call when it can be made.
 */
@NullMarked
package io.syslet.kernel.reactor;

import org.jspecify.annotations.NullMarked;
