/**
 * A main loop in the manner of a boot loader: pollers that run whenever something delays, threads
 * that never preempt each other, work queues, completions, and slices that say who must not be
 * disturbed.
 *
 * <p>Source: barebox's {@code common/poller.c}, {@code bthread.c}, {@code workqueue.c}, {@code
 * include/slice.h}, and the series "pollers as coroutines".
 */
@NullMarked
package io.syslet.kernel.poller;

import org.jspecify.annotations.NullMarked;
