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
 * What a server is told, by a command line or a file. This is the one table of the options: a field
 * with its {@link ServerOption} is an option of {@code syslet serve}, a key of a {@linkplain
 * ConfigFile configuration file}, the default, and the help. Nothing needs to be told for a server
 * of one's own. What is wrong is an {@link IllegalArgumentException} that names the option.
 */
public final class ServerOptions {
  @ServerOption(
      value = "ADDRESS",
      help =
          "The server listens at ADDRESS, unix:PATH or tls:HOST:PORT; may be repeated. Default:"
              + " unix:, the socket in the runtime folder.")
  public List<String> listen = List.of();

  @ServerOption(value = "DIR", help = "Clients see DIR as their root. Default: the current folder.")
  public Path root = Path.of("");

  @ServerOption(
      value = "DIR|off",
      help =
          "The server writes down in DIR what calls are in flight, so that they are not lost when"
              + " it is killed. Default: the first socket's name with .journal behind it.")
  public @Nullable String journal;

  @ServerOption(
      value = "page-cache|fsync",
      help =
          "The journal survives a crash of the server (page-cache), or one of the machine as well"
              + " (fsync).")
  public String durability = "page-cache";

  @ServerOption(value = "write", help = "Clients may change files. Default: they may only read.")
  public List<String> grant = List.of();

  @ServerOption(
      value = "HOST:PORT|off",
      help = "The server shows its page at HOST:PORT; port 0 stands for any free one.")
  public String http = "127.0.0.1:0";

  @ServerOption(
      value = "io_uring|epoll|nio",
      help = "The server waits for sockets by this. Default: the first that works.")
  public @Nullable String transport;

  @ServerOption(
      value = "UID",
      help =
          "Users with these numbers, separated by commas, may connect to a Unix socket. Default:"
              + " the user that the server runs as.")
  public List<Long> users = List.of();

  @ServerOption(value = "FILE", help = "The server shows TLS clients this certificate, in PEM.")
  public @Nullable Path tlsCert;

  @ServerOption(value = "FILE", help = "The file has the key of the certificate, in PEM.")
  public @Nullable Path tlsKey;

  @ServerOption(
      value = "FILE",
      help = "A TLS client must have a certificate that one of these issued, in PEM.")
  public @Nullable Path tlsCa;

  @ServerOption(
      value = "SUBJECT|SHA-256",
      help =
          "A TLS client must have a certificate with this subject or fingerprint; may be repeated."
              + " Default: any that --tls-ca issued.")
  public List<String> tlsAllow = List.of();

  @ServerOption(value = "N", help = "So many clients may be connected at a time.")
  public int connections = 8192;

  @ServerOption(value = "N", help = "There may be so many sessions at a time.")
  public int sessions = 4096;

  @ServerOption(value = "N", help = "A session may have so many blocked calls.")
  public int inFlight = 256;

  @ServerOption(value = "N", help = "All sessions together may have so many blocked calls.")
  public int totalInFlight = 1024;

  @ServerOption(value = "N", help = "A session may have so many open files.")
  public int descriptors = 1024;

  @ServerOption(value = "N", help = "All sessions together may have so many open files.")
  public int totalDescriptors = 65536;

  @ServerOption(
      value = "N",
      help = "A session may make so many calls a second; 0 stands for as many as it likes.")
  public int callsPerSecond;

  @ServerOption(
      value = "N",
      help =
          "One user or certificate may have so many percent of each total; 0 stands for all, if"
              + " only one user may connect, and else for 50.")
  public int peerPercent;

  @ServerOption(
      value = "BYTES",
      help =
          "The memory of all sessions together may be so large; 0 stands for what the machine has.")
  public long totalMemory;

  @ServerOption(value = "BYTES", help = "A local session shares so much memory with its client.")
  public long arenaBytes = 64L << 20;

  @ServerOption(value = "BYTES", help = "A local client may ask for so much shared memory.")
  public long maxArenaBytes = 1L << 30;

  @ServerOption(
      value = "BYTES",
      help = "The calls of a remote session may hold so much memory: a power of two.")
  public int remoteBytes = 16 << 20;

  @ServerOption(
      value = "N",
      help = "So many completions of a session may be there unread: a power of two.")
  public int ringElements = 1024;

  @ServerOption(
      value = "SECONDS",
      help = "A client that has not said HELLO for so long is disconnected.")
  public int handshakeTimeout = 5;

  @ServerOption(
      value = "SECONDS",
      help = "A client that has said nothing for so long is disconnected.")
  public int readTimeout = 30;

  @ServerOption(value = "SECONDS", help = "A session whose client is gone for so long ends.")
  public int resumeTimeout = 60;

  @ServerOption(
      value = "SECONDS",
      help = "A server that ends waits so long for the calls in flight.")
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

  private int peerShare() {
    require(peerPercent >= 0 && peerPercent <= 100, "--peer-percent: 0 to 100");
    boolean isForOne =
        users.size() <= 1 && addresses().stream().allMatch(Address.Unix.class::isInstance);
    return peerPercent > 0 ? peerPercent : isForOne ? 100 : 50;
  }

  /** What sessions may use. */
  public Limits limits() {
    require(
        sessions > 0 && inFlight > 0 && totalInFlight > 0,
        "--sessions, --in-flight, --total-in-flight: at least 1");
    require(
        descriptors > 0 && totalDescriptors > 0, "--descriptors, --total-descriptors: at least 1");
    require(callsPerSecond >= 0, "--calls-per-second: at least 0");
    require(resumeTimeout >= 0 && drainTimeout >= 0, "time-outs: at least 0 s");
    return new Limits(
        OpenFiles.sessions(sessions),
        inFlight,
        OpenFiles.inFlight(totalInFlight),
        descriptors,
        OpenFiles.descriptors(totalDescriptors),
        callsPerSecond,
        peerShare(),
        Limits.defaults().batch(),
        Duration.ofSeconds(resumeTimeout));
  }

  /** How it listens. */
  public NetOptions net() {
    require(connections > 0, "--connections: at least 1");
    require(totalMemory >= 0, "--total-memory: at least 0");
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
        peerShare(),
        totalMemory == 0 ? PhysicalMemory.bytes() : totalMemory,
        chosenTransport(),
        OpenFiles.connections(connections),
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
        tlsNames());
  }

  /** Who may come by TLS, in each form that a certificate may say it; empty for all. */
  Set<String> tlsNames() {
    return tlsAllow.stream()
        .flatMap(each -> SubjectName.forms(each).stream())
        .collect(Collectors.toUnmodifiableSet());
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
