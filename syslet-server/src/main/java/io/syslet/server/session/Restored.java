package io.syslet.server.session;

/**
 * A session of a server before this one, to be resumed: what the journal recovered.
 *
 * @param id number of the session.
 * @param token by which its client is known to be its own.
 * @param peer who began it.
 * @param position of the first completion in the arrays.
 * @param callerData of the completions that were not acknowledged, in order.
 * @param statuses of the same; −EOWNERDEAD for calls whose outcome is unknown.
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record Restored(
    long id, TokenHash token, Peer peer, long position, long[] callerData, long[] statuses) {}
