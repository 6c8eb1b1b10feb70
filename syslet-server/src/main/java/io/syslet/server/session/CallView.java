package io.syslet.server.session;

import org.jspecify.annotations.Nullable;

/**
 * A call in flight as others see it.
 *
 * @param session number of its session.
 * @param callerData the client's number for it.
 * @param nr the call's number.
 * @param since when it began, of {@link System#nanoTime}.
 * @param path that it is about, 256 bytes of it at most; null for none.
 * @param descriptor that it is about, by the client's number, or that its path begins at; −1 for
 *     none.
 */
public record CallView(
    long session, long callerData, long nr, long since, @Nullable String path, int descriptor) {}
