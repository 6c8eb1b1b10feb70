package io.syslet.examples.cli;

import io.syslet.server.ServerOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code syslet serve} was told; what it was not stays as the file or the default has it. */
final class ServeArguments {
  @Option(
      names = "--listen",
      paramLabel = "ADDRESS",
      description = "unix:PATH or tls:HOST:PORT, again for more; unix: is the default socket")
  private @Nullable List<String> listen;

  @Option(names = "--root", paramLabel = "DIR", description = "what is served (.)")
  private @Nullable Path root;

  @Option(
      names = "--journal",
      paramLabel = "DIR|off",
      description = "where calls in flight are written down (the socket's name, .journal behind)")
  private @Nullable String journal;

  @Option(
      names = "--durability",
      paramLabel = "page-cache|fsync",
      description = "what the journal survives: a crash of the server, or of the machine too")
  private @Nullable String durability;

  @Option(names = "--grant", paramLabel = "write", description = "let clients change files")
  private @Nullable List<String> grant;

  @Option(
      names = "--http",
      paramLabel = "HOST:PORT|off",
      description = "the page (127.0.0.1:0: any port)")
  private @Nullable String http;

  @Option(
      names = "--transport",
      paramLabel = "io_uring|epoll|nio",
      description = "how sockets are waited for (the first that works)")
  private @Nullable String transport;

  @Option(names = "--users", paramLabel = "UID", split = ",", description = "who may connect (us)")
  private @Nullable List<Long> users;

  @Option(names = "--tls-cert", paramLabel = "FILE", description = "our certificate, PEM")
  private @Nullable Path tlsCert;

  @Option(names = "--tls-key", paramLabel = "FILE", description = "its private key, PEM")
  private @Nullable Path tlsKey;

  @Option(names = "--tls-ca", paramLabel = "FILE", description = "whom clients' are from, PEM")
  private @Nullable Path tlsCa;

  @Option(
      names = "--tls-allow",
      paramLabel = "SUBJECT|SHA-256",
      description = "clients that may come, again for more (all that --tls-ca vouches for)")
  private @Nullable List<String> tlsAllow;

  @Option(names = "--connections", paramLabel = "N", description = "at once (8192)")
  private @Nullable Integer connections;

  @Option(names = "--sessions", paramLabel = "N", description = "at once (4096)")
  private @Nullable Integer sessions;

  @Option(names = "--in-flight", paramLabel = "N", description = "blocked calls a session (256)")
  private @Nullable Integer inFlight;

  @Option(names = "--total-in-flight", paramLabel = "N", description = "of all sessions (1024)")
  private @Nullable Integer totalInFlight;

  @Option(names = "--descriptors", paramLabel = "N", description = "of a session (1024)")
  private @Nullable Integer descriptors;

  @Option(names = "--total-descriptors", paramLabel = "N", description = "of all (65536)")
  private @Nullable Integer totalDescriptors;

  @Option(names = "--calls-per-second", paramLabel = "N", description = "of a session (any)")
  private @Nullable Integer callsPerSecond;

  @Option(names = "--arena-bytes", paramLabel = "N", description = "shared with a client (64 MiB)")
  private @Nullable Long arenaBytes;

  @Option(names = "--max-arena-bytes", paramLabel = "N", description = "at its wish (1 GiB)")
  private @Nullable Long maxArenaBytes;

  @Option(names = "--remote-bytes", paramLabel = "N", description = "for remote calls (16 MiB)")
  private @Nullable Integer remoteBytes;

  @Option(names = "--ring-elements", paramLabel = "N", description = "of a session (1024)")
  private @Nullable Integer ringElements;

  @Option(names = "--handshake-timeout", paramLabel = "SECONDS", description = "to say HELLO (5)")
  private @Nullable Integer handshakeTimeout;

  @Option(names = "--read-timeout", paramLabel = "SECONDS", description = "to say anything (30)")
  private @Nullable Integer readTimeout;

  @Option(names = "--resume-timeout", paramLabel = "SECONDS", description = "to come back (60)")
  private @Nullable Integer resumeTimeout;

  @Option(names = "--drain-timeout", paramLabel = "SECONDS", description = "calls at the end (5)")
  private @Nullable Integer drainTimeout;

  private static <T> void set(@Nullable T value, Consumer<T> setter) {
    if (value != null) {
      setter.accept(value);
    }
  }

  /** Overrides what was told. */
  void applyTo(ServerOptions o) {
    set(listen, v -> o.listen = v);
    set(root, v -> o.root = v);
    set(journal, v -> o.journal = v);
    set(durability, v -> o.durability = v);
    set(grant, v -> o.grant = v);
    set(http, v -> o.http = v);
    set(transport, v -> o.transport = v);
    set(users, v -> o.users = v);
    set(tlsCert, v -> o.tlsCert = v);
    set(tlsKey, v -> o.tlsKey = v);
    set(tlsCa, v -> o.tlsCa = v);
    set(tlsAllow, v -> o.tlsAllow = v);
    set(connections, v -> o.connections = v);
    set(sessions, v -> o.sessions = v);
    set(inFlight, v -> o.inFlight = v);
    set(totalInFlight, v -> o.totalInFlight = v);
    set(descriptors, v -> o.descriptors = v);
    set(totalDescriptors, v -> o.totalDescriptors = v);
    set(callsPerSecond, v -> o.callsPerSecond = v);
    set(arenaBytes, v -> o.arenaBytes = v);
    set(maxArenaBytes, v -> o.maxArenaBytes = v);
    set(remoteBytes, v -> o.remoteBytes = v);
    set(ringElements, v -> o.ringElements = v);
    set(handshakeTimeout, v -> o.handshakeTimeout = v);
    set(readTimeout, v -> o.readTimeout = v);
    set(resumeTimeout, v -> o.resumeTimeout = v);
    set(drainTimeout, v -> o.drainTimeout = v);
  }
}
