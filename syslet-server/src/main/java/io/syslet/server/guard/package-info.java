/**
 * What keeps one peer, or none, from taking everything from all: shares of what there is, places
 * for those who have not said who they are, and a log that nobody can fill.
 */
@NullMarked
package io.syslet.server.guard;

import org.jspecify.annotations.NullMarked;
