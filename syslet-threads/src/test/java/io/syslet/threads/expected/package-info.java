/**
 * What the JDK's documentation says of virtual threads, as tests that run alike for the JDK's own,
 * for threadlets, and, under the agent, for the JDK's that are threadlets.
 */
@NullMarked
package io.syslet.threads.expected;

import org.jspecify.annotations.NullMarked;
