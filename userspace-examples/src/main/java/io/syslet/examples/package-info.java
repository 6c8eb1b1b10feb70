/** TODO. */
@NullMarked
package io.syslet.examples;

import org.jspecify.annotations.NullMarked;
