package io.syslet.client;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a client connects. Immutable: each method returns a changed copy.
 *
 * @param certificate PEM file with the client's certificate, for TLS.
 * @param key PEM file with its private key, PKCS #8 and not encrypted, for TLS.
 * @param authority PEM file with the certificates that the server's must come from, for TLS.
 * @param arenaBytes memory to share with a local server; 0 for as much as it gives by itself.
 * @param ringElements completions that may be there unread; 0 for the server's own number.
 * @param connectTimeout for one connection and its handshake; 5 s by default.
 * @param resume for how long a lost connection is made again; 15 s by default.
 * @param drain how long {@link RemoteKernel#close} waits for calls in flight; 1 s by default.
 * @param serverUser user whose server may listen on a Unix socket, beside ours and root: {@link
 *     #OURS} by default.
 * @param oneServer whether a session ends with its server, also if another one has its journal, as
 *     one on a local link always does: a number that was a descriptor never names another file.
 *     False by default.
 * @param session the file by which the next process of the program finds the session again ({@link
 *     KeptSession}), made mode 0600 if it is not there, for one kernel at a time; null for none.
 */
public record ClientOptions(
    @Nullable Path certificate,
    @Nullable Path key,
    @Nullable Path authority,
    long arenaBytes,
    int ringElements,
    Duration connectTimeout,
    Duration resume,
    Duration drain,
    long serverUser,
    boolean oneServer,
    @Nullable Path session) {
  /** Of {@link #serverUser}: no user but ours and root. */
  public static final long OURS = -1;

  /** The defaults: no certificate. */
  public static ClientOptions defaults() {
    return new ClientOptions(
        null,
        null,
        null,
        0,
        0,
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofSeconds(1),
        OURS,
        false,
        null);
  }

  /** Checks the ranges. */
  public ClientOptions {
    if (arenaBytes < 0 || ringElements < 0 || connectTimeout.isNegative() || resume.isNegative()) {
      throw new IllegalArgumentException("out of range");
    }
  }

  /** With the files that TLS needs; null for those that there are not. */
  public ClientOptions tls(
      @Nullable Path newCertificate, @Nullable Path newKey, @Nullable Path newAuthority) {
    return new ClientOptions(
        newCertificate,
        newKey,
        newAuthority,
        arenaBytes,
        ringElements,
        connectTimeout,
        resume,
        drain,
        serverUser,
        oneServer,
        session);
  }

  /** With more memory, bytes, and another ring. */
  public ClientOptions share(long newArenaBytes, int newRingElements) {
    return new ClientOptions(
        certificate,
        key,
        authority,
        newArenaBytes,
        newRingElements,
        connectTimeout,
        resume,
        drain,
        serverUser,
        oneServer,
        session);
  }

  /** With other times. */
  public ClientOptions times(Duration newConnect, Duration newResume, Duration newDrain) {
    return new ClientOptions(
        certificate,
        key,
        authority,
        arenaBytes,
        ringElements,
        newConnect,
        newResume,
        newDrain,
        serverUser,
        oneServer,
        session);
  }

  /** With a server that another user may run. */
  public ClientOptions serverUser(long uid) {
    return new ClientOptions(
        certificate,
        key,
        authority,
        arenaBytes,
        ringElements,
        connectTimeout,
        resume,
        drain,
        uid,
        oneServer,
        session);
  }

  /** With sessions that end with their server, or not. */
  public ClientOptions oneServer(boolean only) {
    return new ClientOptions(
        certificate,
        key,
        authority,
        arenaBytes,
        ringElements,
        connectTimeout,
        resume,
        drain,
        serverUser,
        only,
        session);
  }

  /** With a session that the next process of the program finds again. */
  public ClientOptions session(@Nullable Path file) {
    return new ClientOptions(
        certificate,
        key,
        authority,
        arenaBytes,
        ringElements,
        connectTimeout,
        resume,
        drain,
        serverUser,
        oneServer,
        file);
  }
}
