/**
 * What every kernel must do, as tests: a kernel's own tests extend these classes and say how to
 * boot it. They use nothing but {@link io.syslet.Kernel}, wait for nothing but the kernel, and a
 * call may be answered −ESYSLETPENDING wherever it may block.
 */
@NullMarked
package io.syslet.kernel.contract;

import org.jspecify.annotations.NullMarked;
