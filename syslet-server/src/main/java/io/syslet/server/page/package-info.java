/**
 * What the server shows of itself: a page, metrics in Prometheus' text, and its health, over HTTP.
 *
 * <p>On the loopback interface only, unless told otherwise. Nothing here changes the server.
 */
@NullMarked
package io.syslet.server.page;

import org.jspecify.annotations.NullMarked;
