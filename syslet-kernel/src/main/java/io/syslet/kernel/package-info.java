/**
 * The generic part of a syslet kernel: the entry ({@code pre}, the call, {@code post}), where a
 * call completes to, frames, limits and counters. What differs from one machine to the next, making
 * workers and moving the user's context between them, is behind {@link
 * io.syslet.kernel.SysletTask#enter}.
 */
@NullMarked
package io.syslet.kernel;

import org.jspecify.annotations.NullMarked;
