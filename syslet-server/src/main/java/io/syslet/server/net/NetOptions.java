package io.syslet.server.net;

import io.syslet.client.wire.Address;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where and how a server listens.
 *
 * @param addresses at least one.
 * @param passed those of them whose sockets are there already and listen, by descriptor; then the
 *     transport is {@link Transport#EPOLL}.
 * @param peerPercent of connections and memory that one peer may have, 1 to 100.
 * @param totalMemory bytes that the memory of all sessions may have together.
 * @param transport to use; null for the best that works.
 * @param connections at once; one more is refused with EMFILE; those that have not said HELLO are
 *     not counted.
 * @param handshake a connection that has not said HELLO by then is closed.
 * @param readTimeout a TLS connection that says nothing for so long is closed.
 * @param arenaBytes memory of a local session, unless the client asks for another size.
 * @param maxArenaBytes the most that it may ask for.
 * @param remoteBytes memory of a remote session; a power of two.
 * @param ringElements completions of a session that may be there unread; a power of two.
 * @param users that may connect to a Unix socket; empty for our own alone.
 * @param certificate PEM file, for TLS.
 * @param key PEM file, for TLS.
 * @param authority PEM file: whom a TLS client's certificate must come from.
 * @param names allowed TLS clients: subjects, or SHA-256 fingerprints of certificates in hex; empty
 *     for all that the authority vouches for.
 */
public record NetOptions(
    List<Address> addresses,
    Map<Address, Integer> passed,
    int peerPercent,
    long totalMemory,
    @Nullable Transport transport,
    int connections,
    Duration handshake,
    Duration readTimeout,
    long arenaBytes,
    long maxArenaBytes,
    int remoteBytes,
    int ringElements,
    Set<Long> users,
    @Nullable Path certificate,
    @Nullable Path key,
    @Nullable Path authority,
    Set<String> names) {}
