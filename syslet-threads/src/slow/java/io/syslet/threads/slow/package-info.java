/** A file system that answers late, in user space, for whoever wants to see what sleeping costs. */
@NullMarked
package io.syslet.threads.slow;

import org.jspecify.annotations.NullMarked;
