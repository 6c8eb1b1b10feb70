/**
 * The kernel that needs nothing of the machine: tasks are threads, and a call that may sleep is
 * made by a worker.
 */
@NullMarked
package io.syslet.kernel.plain;

import org.jspecify.annotations.NullMarked;
