/** TODO. */
@NullMarked
package io.syslet.linux;

import org.jspecify.annotations.NullMarked;
