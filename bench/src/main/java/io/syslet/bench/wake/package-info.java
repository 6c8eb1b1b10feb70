/** How long a parked waiter takes to run after a completion was published. */
@NullMarked
package io.syslet.bench.wake;

import org.jspecify.annotations.NullMarked;
