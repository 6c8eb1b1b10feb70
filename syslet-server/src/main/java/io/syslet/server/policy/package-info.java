/**
 * Policy: which calls a client may make, and how each is made so that it reaches nothing but the
 * served root and what the client itself has opened.
 *
 * <p>A rule takes what a client can write to once, into private memory, before it is checked.
 */
@NullMarked
package io.syslet.server.policy;

import org.jspecify.annotations.NullMarked;
