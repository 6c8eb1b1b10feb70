/** The port's words that carriers, sentinels and spares share, under jcstress. */
@NullMarked
package io.syslet.linux;

import org.jspecify.annotations.NullMarked;
