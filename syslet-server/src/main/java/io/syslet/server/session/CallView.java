package io.syslet.server.session;

/**
 * A call in flight as others see it.
 *
 * @param session number of its session.
 * @param callerData the client's number for it.
 * @param nr the call's number.
 * @param since when it began, of {@link System#nanoTime}.
 */
public record CallView(long session, long callerData, long nr, long since) {}
