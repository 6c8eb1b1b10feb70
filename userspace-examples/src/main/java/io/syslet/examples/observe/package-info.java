/** What a running process does with its calls and threads, seen from another one. */
@NullMarked
package io.syslet.examples.observe;

import org.jspecify.annotations.NullMarked;
