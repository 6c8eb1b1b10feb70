/** The walk by what the JDK alone has. */
@NullMarked
package io.syslet.bench.walk;

import org.jspecify.annotations.NullMarked;
