package io.syslet.server.session;

/**
 * A session as others see it. The figures are read one after the other while the session goes on.
 *
 * @param id number of the session.
 * @param peer who began it.
 * @param isConnected whether a client is there; if not, it may come back.
 * @param calls accepted so far.
 * @param inline of them, answered at once.
 * @param pending of them, that blocked.
 * @param refused slots that policy or limits refused.
 * @param inFlight calls that have blocked and not ended.
 * @param descriptors open.
 * @param posted completions so far: the position of the next one.
 * @param consumed of them, consumed by the client.
 * @param capacity completions that may be there unread: the elements of the ring.
 * @param batches submitted so far.
 * @param bells how often the client rang.
 */
public record SessionView(
    long id,
    Peer peer,
    boolean isConnected,
    long calls,
    long inline,
    long pending,
    long refused,
    int inFlight,
    int descriptors,
    long posted,
    long consumed,
    int capacity,
    long batches,
    long bells) {}
