/**
 * The ring under jcstress: each outcome's text is the interleaving that leads to it.
 *
 * <p>The rings are used again and again, so every position of a ring and every lap takes its turn.
 */
@NullMarked
package io.syslet.bench.stress;

import org.jspecify.annotations.NullMarked;
