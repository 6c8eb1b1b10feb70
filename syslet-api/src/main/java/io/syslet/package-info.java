/** TODO. */
@NullMarked
package io.syslet;

import org.jspecify.annotations.NullMarked;
