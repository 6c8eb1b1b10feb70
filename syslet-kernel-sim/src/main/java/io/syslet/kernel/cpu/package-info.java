/**
 * The one processor of a library kernel, which the host's threads enter to run kernel code
 * themselves, and the little that such a kernel asks of its host.
 *
 * <p>Source: LKL's {@code arch/lkl/kernel/cpu.c} and {@code struct lkl_host_operations}.
 */
@NullMarked
package io.syslet.kernel.cpu;

import org.jspecify.annotations.NullMarked;
