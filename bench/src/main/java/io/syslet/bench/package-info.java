/**
 * Measurements: each is a program of its own that prints a plain table, and is named by {@code
 * bench/run}. Figures, with the machine they come from, are in {@code docs/performance.md}.
 *
 * <p>Everywhere: what is compared runs in one process or one series of forks, in turns, A B A B, so
 * that a change of the machine's speed meets all of them; a figure is the median of its rounds, and
 * beside it stand the smallest and the largest.
 */
@NullMarked
package io.syslet.bench;

import org.jspecify.annotations.NullMarked;
