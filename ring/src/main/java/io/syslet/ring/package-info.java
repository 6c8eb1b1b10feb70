/** TODO. */
@NullMarked
package io.syslet.ring;

import org.jspecify.annotations.NullMarked;
