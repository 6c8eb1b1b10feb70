/**
 * What a flight recording shows of calls and workers. Nothing here is loaded before somebody
 * records, but {@link io.syslet.linux.events.Events}.
 */
@NullMarked
package io.syslet.linux.events;

import org.jspecify.annotations.NullMarked;
