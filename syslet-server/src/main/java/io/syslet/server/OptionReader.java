package io.syslet.server;

import io.syslet.client.local.ArenaLayout;
import io.syslet.client.wire.Address;
import io.syslet.server.journal.Durability;
import io.syslet.server.journal.JournalOptions;
import io.syslet.server.net.NetOptions;
import io.syslet.server.net.SubjectName;
import io.syslet.server.net.Transport;
import io.syslet.server.policy.Limits;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@link ServerOptions} that somebody has filled in: checks each, and says which is wrong.
 */
final class OptionReader {
  private static final Set<String> GRANTS = Set.of("write", "descriptors");

  private final ServerOptions options;

  OptionReader(ServerOptions options) {
    this.options = options;
  }

  /**
   * Reads all options.
   *
   * @throws IllegalArgumentException for an option out of range, naming it.
   */
  ServerSettings settings() {
    NetOptions net = net();
    if (!options.log.equals("text") && !options.log.equals("json")) {
      throw wrong("--log", "text or json", options.log);
    }
    return new ServerSettings(
        rootFolder(),
        isGranted("write"),
        isGranted("descriptors"),
        limits(),
        net,
        journalFolder(),
        journalOptions(),
        httpAddress(),
        Duration.ofSeconds(options.drainTimeout));
  }

  /** The addresses. */
  private List<Address> addresses() {
    List<Address> addresses = new ArrayList<>();
    for (String each : options.listen) {
      Address address = Address.parse(each);
      require(!addresses.contains(address), "--listen: twice: " + address);
      addresses.add(address);
    }
    addresses.removeIf(this::isPassed);
    addresses.addAll(options.passed().keySet());
    return addresses.isEmpty() ? List.of(Address.parse("unix:")) : addresses;
  }

  private boolean isPassed(Address address) {
    return options.passed().keySet().stream()
        .anyMatch(
            each ->
                each.equals(address)
                    || (each instanceof Address.Tls passed
                        && address instanceof Address.Tls named
                        && passed.port() == named.port()));
  }

  /** The folder that is served, as an absolute path. */
  private Path rootFolder() {
    require(Files.isDirectory(options.root.toAbsolutePath()), "--root: no folder: " + options.root);
    return options.root.toAbsolutePath().normalize();
  }

  /**
   * Where the journal is kept; null for nowhere. By default beside the first Unix socket, under its
   * name with {@code .journal} behind it; without one, in {@code syslet/journal} of
   * $XDG_STATE_HOME, which is {@code ~/.local/state} unless set.
   */
  private @Nullable Path journalFolder() {
    String journal = options.journal;
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
  private JournalOptions journalOptions() {
    return JournalOptions.defaults()
        .maxSessions(options.sessions)
        .durability(
            switch (options.durability) {
              case "page-cache" -> Durability.PAGE_CACHE;
              case "fsync" -> Durability.FSYNC;
              default -> throw wrong("--durability", "page-cache or fsync", options.durability);
            });
  }

  /** Whether clients may do that. */
  private boolean isGranted(String what) {
    for (String each : options.grant) {
      require(GRANTS.contains(each), "--grant: write or descriptors, not " + each);
    }
    return options.grant.contains(what);
  }

  private int peerShare() {
    require(options.peerPercent >= 0 && options.peerPercent <= 100, "--peer-percent: 0 to 100");
    boolean isForOne =
        options.users.size() <= 1 && addresses().stream().allMatch(Address.Unix.class::isInstance);
    return options.peerPercent > 0 ? options.peerPercent : isForOne ? 100 : 50;
  }

  /** What sessions may use. */
  private Limits limits() {
    require(
        options.sessions > 0 && options.inFlight > 0 && options.totalInFlight > 0,
        "--sessions, --in-flight, --total-in-flight: at least 1");
    require(
        options.descriptors > 0 && options.totalDescriptors > 0,
        "--descriptors, --total-descriptors: at least 1");
    require(options.callsPerSecond >= 0, "--calls-per-second: at least 0");
    require(options.resumeTimeout >= 0 && options.drainTimeout >= 0, "time-outs: at least 0 s");
    return new Limits(
        OpenFiles.sessions(options.sessions),
        options.inFlight,
        OpenFiles.inFlight(options.totalInFlight),
        options.descriptors,
        OpenFiles.descriptors(options.totalDescriptors),
        options.callsPerSecond,
        peerShare(),
        Limits.defaults().batch(),
        Duration.ofSeconds(options.resumeTimeout));
  }

  /** How it listens. */
  private NetOptions net() {
    require(options.connections > 0, "--connections: at least 1");
    require(options.totalMemory >= 0, "--total-memory: at least 0");
    require(options.handshakeTimeout > 0 && options.readTimeout > 0, "time-outs: at least 1 s");
    require(
        options.arenaBytes >= ArenaLayout.MIN_HEAP && options.maxArenaBytes >= options.arenaBytes,
        "--arena-bytes: " + ArenaLayout.MIN_HEAP + " to --max-arena-bytes");
    require(
        options.remoteBytes >= 1 << 22
            && options.remoteBytes <= 1 << 30
            && Integer.bitCount(options.remoteBytes) == 1,
        "--remote-bytes: a power of two from 4 MiB to 1 GiB");
    require(
        options.ringElements >= 2
            && options.ringElements <= 1 << 16
            && Integer.bitCount(options.ringElements) == 1,
        "--ring-elements: a power of two from 2 to 65536");
    return new NetOptions(
        addresses(),
        options.passed(),
        peerShare(),
        options.totalMemory == 0 ? PhysicalMemory.bytes() : options.totalMemory,
        chosenTransport(),
        OpenFiles.connections(options.connections),
        Duration.ofSeconds(options.handshakeTimeout),
        Duration.ofSeconds(options.readTimeout),
        options.arenaBytes,
        options.maxArenaBytes,
        options.remoteBytes,
        options.ringElements,
        Set.copyOf(options.users),
        options.tlsCert,
        options.tlsKey,
        options.tlsCa,
        tlsNames());
  }

  /** Who may come by TLS, in each form that a certificate may say it; empty for all. */
  private Set<String> tlsNames() {
    return options.tlsAllow.stream()
        .flatMap(each -> SubjectName.forms(each).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  private @Nullable Transport chosenTransport() {
    String name = options.transport;
    if (!options.passed().isEmpty()) {
      boolean isEpoll = name == null || name.equalsIgnoreCase(Transport.EPOLL.toString());
      require(isEpoll, "--transport: sockets that are passed need epoll");
      name = Transport.EPOLL.toString();
    }
    if (name == null) {
      return null;
    }
    for (Transport each : Transport.values()) {
      if (each.toString().equals(name.toLowerCase(Locale.ROOT))) {
        require(each.works(), "--transport: " + each + " does not work here");
        return each;
      }
    }
    throw wrong("--transport", "epoll or nio", name);
  }

  /** Where the page is served; null for nowhere. */
  private @Nullable InetSocketAddress httpAddress() {
    if (options.http.equals("off")) {
      return null;
    }
    try {
      Address.Tls parsed = (Address.Tls) Address.parse("tls:" + options.http);
      return new InetSocketAddress(parsed.host(), parsed.port());
    } catch (IllegalArgumentException e) {
      throw wrong("--http", "HOST:PORT or off", options.http);
    }
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
