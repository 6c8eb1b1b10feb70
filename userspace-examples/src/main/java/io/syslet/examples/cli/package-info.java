/** The {@code syslet} command: makes a Linux kernel, and runs a program on it. */
@NullMarked
package io.syslet.examples.cli;

import org.jspecify.annotations.NullMarked;
