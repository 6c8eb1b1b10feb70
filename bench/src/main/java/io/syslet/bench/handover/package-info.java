/**
 * Calls that block: how soon user code goes on, how often it does not, what a safepoint waits for
 * meanwhile, and very many calls in flight at once.
 */
@NullMarked
package io.syslet.bench.handover;

import org.jspecify.annotations.NullMarked;
