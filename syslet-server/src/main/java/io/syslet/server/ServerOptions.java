package io.syslet.server;

import io.syslet.client.wire.Address;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a server is told, by a command line or a file. This is the one table of the options: a field
 * with its {@link ServerOption} is an option of {@code syslet serve}, a key of a {@linkplain
 * ConfigFile configuration file}, the default, and the help. Nothing needs to be told for a server
 * of one's own.
 */
public final class ServerOptions {
  @ServerOption(
      value = "ADDRESS",
      help =
          "The server listens at ADDRESS, unix:PATH or tls:HOST:PORT; the option may be"
              + " repeated. Default: unix:, the socket in the runtime folder.")
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

  @ServerOption(
      value = "write|descriptors",
      help =
          "Clients may change files; local clients may pass descriptors of their own. The option"
              + " may be repeated. Default: they may only read below the root.")
  public List<String> grant = List.of();

  @ServerOption(
      value = "HOST:PORT|off",
      help = "The server shows its page at HOST:PORT; port 0 stands for any free one.")
  public String http = "127.0.0.1:0";

  @ServerOption(
      value = "text|json",
      help = "The server logs to standard error in lines of text, or of JSON, an object each.")
  public String log = "text";

  @ServerOption(
      value = "epoll|nio",
      help = "The server waits for its sockets with epoll or nio. Default: the first that works.")
  public @Nullable String transport;

  @ServerOption(
      value = "UID",
      help =
          "Users with these numbers, separated by commas, may connect to a Unix socket, beside the"
              + " user that the server runs as. Default: none.")
  public List<Long> users = List.of();

  @ServerOption(
      value = "FILE",
      help = "The server shows TLS clients the certificate in FILE, in PEM.")
  public @Nullable Path tlsCert;

  @ServerOption(value = "FILE", help = "FILE holds the key of --tls-cert, in PEM.")
  public @Nullable Path tlsKey;

  @ServerOption(
      value = "FILE",
      help =
          "A TLS client must have a certificate that an authority in FILE has issued," + " in PEM.")
  public @Nullable Path tlsCa;

  @ServerOption(
      value = "SUBJECT|SHA-256",
      help =
          "A TLS client must have a certificate with this subject or fingerprint; the"
              + " option may be repeated. Default: any that --tls-ca issued.")
  public List<String> tlsAllow = List.of();

  @ServerOption(value = "N", help = "The server holds at most N connections at a time.")
  public int connections = 8192;

  @ServerOption(value = "N", help = "The server holds at most N sessions at a time.")
  public int sessions = 4096;

  @ServerOption(value = "N", help = "A session has at most N blocked calls at a time.")
  public int inFlight = 256;

  @ServerOption(value = "N", help = "All sessions together have at most N blocked calls at a time.")
  public int totalInFlight = 1024;

  @ServerOption(value = "N", help = "A session has at most N open files at a time.")
  public int descriptors = 1024;

  @ServerOption(value = "N", help = "All sessions together have at most N open files at a time.")
  public int totalDescriptors = 65536;

  @ServerOption(
      value = "N",
      help = "A session makes at most N calls a second; 0 stands for any number.")
  public int callsPerSecond;

  @ServerOption(
      value = "N",
      help =
          "One user or certificate gets at most N percent of each total; 0 stands for"
              + " 100 if only one user may connect, else for 50.")
  public int peerPercent;

  @ServerOption(
      value = "BYTES",
      help =
          "All sessions together use at most BYTES of memory; 0 stands for the memory"
              + " of the machine.")
  public long totalMemory;

  @ServerOption(
      value = "BYTES",
      help =
          "A local session shares BYTES of memory with its client, unless the client"
              + " asks for another size.")
  public long arenaBytes = 64L << 20;

  @ServerOption(
      value = "BYTES",
      help = "A local client may ask for at most BYTES of shared memory.")
  public long maxArenaBytes = 1L << 30;

  @ServerOption(
      value = "BYTES",
      help = "The calls of a remote session hold at most BYTES of memory, a power of two.")
  public int remoteBytes = 16 << 20;

  @ServerOption(value = "N", help = "A session holds at most N unread completions, a power of two.")
  public int ringElements = 1024;

  @ServerOption(
      value = "SECONDS",
      help = "The server disconnects a client that has not said HELLO within SECONDS.")
  public int handshakeTimeout = 5;

  @ServerOption(
      value = "SECONDS",
      help = "The server disconnects a client that has said nothing for SECONDS.")
  public int readTimeout = 30;

  @ServerOption(
      value = "SECONDS",
      help = "A session ends when its client has been gone for SECONDS.")
  public int resumeTimeout = 60;

  @ServerOption(
      value = "SECONDS",
      help = "A server that ends waits at most SECONDS for the calls in flight.")
  public int drainTimeout = 5;

  private Map<Address, Integer> passed = Map.of();

  /**
   * Listens at sockets that a service manager has passed, by address ({@link
   * io.syslet.server.net.PassedSockets}): instead of {@link #listen}, or for what it names.
   */
  public void pass(Map<Address, Integer> sockets) {
    passed = Map.copyOf(sockets);
  }

  Map<Address, Integer> passed() {
    return passed;
  }
}
