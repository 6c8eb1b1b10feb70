/** TODO. */
@NullMarked
package io.syslet.kernel;

import org.jspecify.annotations.NullMarked;
