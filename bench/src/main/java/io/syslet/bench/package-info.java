/** TODO. */
@NullMarked
package io.syslet.bench;

import org.jspecify.annotations.NullMarked;
