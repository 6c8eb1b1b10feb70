/**
 * Coroutines with the semantics of QEMU's, and what is built of them: queues, locks, sleeps, event
 * loops.
 *
 * <p>A {@link io.syslet.kernel.coroutine.Coroutine} is sequential code that can give up control at
 * any depth. Its stack is switched by a {@link io.syslet.kernel.coroutine.StackSwitch}, of which
 * there are two that behave alike.
 *
 * <p>Sources: QEMU's {@code include/qemu/coroutine.h} and {@code util/qemu-coroutine*.c}.
 */
@NullMarked
package io.syslet.kernel.coroutine;

import org.jspecify.annotations.NullMarked;
