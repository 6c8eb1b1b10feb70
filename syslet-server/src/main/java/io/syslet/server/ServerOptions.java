package io.syslet.server;

import io.syslet.client.local.ArenaLayout;
import io.syslet.client.wire.Address;
import io.syslet.server.journal.Durability;
import io.syslet.server.journal.JournalOptions;
import io.syslet.server.net.NetOptions;
import io.syslet.server.net.Transport;
import io.syslet.server.session.Limits;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a server is told, by a command line or a file: each field is an option of {@code syslet
 * serve} and, in kebab case, a key of its configuration file. Nothing needs to be told for a server
 * of one's own. What is wrong is an {@link IllegalArgumentException} that names the option.
 */
public final class ServerOptions {
  /** Addresses; the {@linkplain Address#defaultSocket default socket} if there is none. */
  public List<String> listen = List.of();

  /** The folder that is served. */
  public Path root = Path.of("");

  /** The journal's folder, or {@code off}; null for {@link #journalFolder the default}. */
  public @Nullable String journal;

  /** {@code page-cache} or {@code fsync}. */
  public String durability = "page-cache";

  /** What clients may do beyond reading: {@code write}. */
  public List<String> grant = List.of();

  /** Where the page is served, {@code HOST:PORT}, port 0 for any; or {@code off}. */
  public String http = "127.0.0.1:0";

  /** {@code io_uring}, {@code epoll} or {@code nio}; null for the best that works. */
  public @Nullable String transport;

  /** Users that may connect to a Unix socket; none for our own alone. */
  public List<Long> users = List.of();

  /** PEM files for TLS: our certificate, its key, and who vouches for clients. */
  public @Nullable Path tlsCert;

  public @Nullable Path tlsKey;
  public @Nullable Path tlsCa;

  /** Subjects or SHA-256 fingerprints of the TLS clients that may come; none for all. */
  public List<String> tlsAllow = List.of();

  public int connections = 8192;
  public int sessions = 4096;
  public int inFlight = 256;
  public int totalInFlight = 1024;
  public int descriptors = 1024;
  public int totalDescriptors = 65536;
  public int callsPerSecond;

  /** Bytes of memory of a local session, and the most that it may ask for. */
  public long arenaBytes = 64L << 20;

  public long maxArenaBytes = 1L << 30;

  /** Bytes that a remote session's calls may hold: a power of two. */
  public int remoteBytes = 16 << 20;

  /** Completions of a session that may be there unread: a power of two. */
  public int ringElements = 1024;

  /** Seconds: to say HELLO, to say anything, to come back, and to end. */
  public int handshakeTimeout = 5;

  public int readTimeout = 30;
  public int resumeTimeout = 60;
  public int drainTimeout = 5;

  /** The addresses. */
  public List<Address> addresses() {
    List<Address> addresses = new ArrayList<>();
    for (String each : listen.isEmpty() ? List.of("unix:") : listen) {
      addresses.add(Address.parse(each));
    }
    return addresses;
  }

  /** The folder that is served, as an absolute path. */
  public Path rootFolder() {
    require(Files.isDirectory(root.toAbsolutePath()), "--root: no folder: " + root);
    return root.toAbsolutePath().normalize();
  }

  /**
   * Where the journal is kept; null for nowhere. By default beside the first Unix socket, under its
   * name with {@code .journal} behind it; without one, in {@code syslet/journal} of
   * $XDG_STATE_HOME, which is {@code ~/.local/state} unless set.
   */
  public @Nullable Path journalFolder() {
    if (journal != null) {
      return journal.equals("off") ? null : Path.of(journal).toAbsolutePath();
    }
    for (Address address : addresses()) {
      if (address instanceof Address.Unix unix) {
        return unix.path().resolveSibling(unix.path().getFileName() + ".journal");
      }
    }
    String state = System.getenv("XDG_STATE_HOME");
    Path home = Path.of(System.getProperty("user.home", "/"), ".local", "state");
    return (state == null || state.isEmpty() ? home : Path.of(state)).resolve("syslet/journal");
  }

  /** How the journal is kept. */
  public JournalOptions journalOptions() {
    return JournalOptions.defaults()
        .maxSessions(sessions)
        .durability(
            switch (durability) {
              case "page-cache" -> Durability.PAGE_CACHE;
              case "fsync" -> Durability.FSYNC;
              default -> throw wrong("--durability", "page-cache or fsync", durability);
            });
  }

  /** Whether clients may change files. */
  public boolean canWrite() {
    for (String each : grant) {
      require(each.equals("write"), "--grant: write is all that there is, not " + each);
    }
    return !grant.isEmpty();
  }

  /** What sessions may use. */
  public Limits limits() {
    return new Limits(
        sessions,
        inFlight,
        totalInFlight,
        descriptors,
        totalDescriptors,
        callsPerSecond,
        Limits.defaults().batch(),
        Duration.ofSeconds(resumeTimeout));
  }

  /** How it listens. */
  public NetOptions net() {
    require(connections > 0, "--connections: at least 1");
    require(handshakeTimeout > 0 && readTimeout > 0, "time-outs: at least 1 s");
    require(
        arenaBytes >= ArenaLayout.MIN_HEAP && maxArenaBytes >= arenaBytes,
        "--arena-bytes: " + ArenaLayout.MIN_HEAP + " to --max-arena-bytes");
    require(
        remoteBytes >= 1 << 22 && remoteBytes <= 1 << 30 && Integer.bitCount(remoteBytes) == 1,
        "--remote-bytes: a power of two from 4 MiB to 1 GiB");
    require(
        ringElements >= 2 && ringElements <= 1 << 16 && Integer.bitCount(ringElements) == 1,
        "--ring-elements: a power of two from 2 to 65536");
    return new NetOptions(
        addresses(),
        chosenTransport(),
        connections,
        Duration.ofSeconds(handshakeTimeout),
        Duration.ofSeconds(readTimeout),
        arenaBytes,
        maxArenaBytes,
        remoteBytes,
        ringElements,
        Set.copyOf(users),
        tlsCert,
        tlsKey,
        tlsCa,
        Set.copyOf(tlsAllow));
  }

  private @Nullable Transport chosenTransport() {
    String name = transport;
    if (name == null) {
      return null;
    }
    for (Transport each : Transport.values()) {
      if (each.toString().equals(name.toLowerCase(Locale.ROOT))) {
        require(each.works(), "--transport: " + each + " does not work here");
        return each;
      }
    }
    throw wrong("--transport", "io_uring, epoll or nio", name);
  }

  /** Where the page is served; null for nowhere. */
  public @Nullable InetSocketAddress httpAddress() {
    if (http.equals("off")) {
      return null;
    }
    try {
      Address.Tls parsed = (Address.Tls) Address.parse("tls:" + http);
      return new InetSocketAddress(parsed.host(), parsed.port());
    } catch (IllegalArgumentException e) {
      throw wrong("--http", "HOST:PORT or off", http);
    }
  }

  /** How long calls in flight are waited for at the end. */
  public Duration drain() {
    return Duration.ofSeconds(drainTimeout);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  private static IllegalArgumentException wrong(String option, String right, String value) {
    return new IllegalArgumentException(option + ": " + right + ", not " + value);
  }
}
