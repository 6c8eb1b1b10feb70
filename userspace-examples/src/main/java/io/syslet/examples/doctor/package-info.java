/** What this machine and this JVM allow, what that costs, and what to do about it. */
@NullMarked
package io.syslet.examples.doctor;

import org.jspecify.annotations.NullMarked;
