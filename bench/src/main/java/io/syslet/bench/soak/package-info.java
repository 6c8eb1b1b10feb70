/** A million calls and more, while others disturb: nothing is lost, and nothing is left behind. */
@NullMarked
package io.syslet.bench.soak;

import org.jspecify.annotations.NullMarked;
