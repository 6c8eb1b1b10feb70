/** A mount that hangs, for the tests of the port and of the programs. */
@NullMarked
package io.syslet.linux.hung;

import org.jspecify.annotations.NullMarked;
