/**
 * What a program sees of a syslet kernel: the {@link io.syslet.Kernel} and the vocabulary of its
 * one entry, {@code indirect}. Portable Java over off-heap memory; no native call is made here, so
 * the same program runs on Linux, on the simulated kernel and on the service.
 */
@NullMarked
package io.syslet;

import org.jspecify.annotations.NullMarked;
