/**
 * Programs written against {@link io.syslet.Kernel} alone: they run on Linux, on the simulated
 * kernel and on the service, and never name one of them. The command that runs them is in {@code
 * cli}.
 */
@NullMarked
package io.syslet.examples;

import org.jspecify.annotations.NullMarked;
