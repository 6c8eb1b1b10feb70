package io.syslet.client.wire;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a server listens: {@code unix:PATH} or {@code tls:HOST:PORT}. */
public sealed interface Address {
  /** Bytes that {@code sun_path} holds, less the NUL. */
  int MAX_UNIX_PATH = 107;

  /** A Unix socket. */
  record Unix(Path path) implements Address {
    @Override
    public String toString() {
      return "unix:" + path;
    }
  }

  /** A TCP port, spoken to by TLS. An IPv6 address stands in brackets when it is written. */
  record Tls(String host, int port) implements Address {
    @Override
    public String toString() {
      return "tls:" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
  }

  /**
   * Reads an address. {@code unix:} without a path is the {@linkplain #defaultSocket default}.
   *
   * @throws IllegalArgumentException for anything else, and why.
   */
  static Address parse(String text) {
    if (text.startsWith("unix:")) {
      return unix(text.substring("unix:".length()));
    }
    if (text.startsWith("tls:")) {
      return tls(text, text.substring("tls:".length()));
    }
    throw new IllegalArgumentException("neither unix:PATH nor tls:HOST:PORT: " + text);
  }

  private static Address unix(String text) {
    Path path = text.isEmpty() ? defaultSocket() : Path.of(text).toAbsolutePath();
    if (path.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length > MAX_UNIX_PATH) {
      throw new IllegalArgumentException("a socket's path has at most 107 bytes: " + path);
    }
    return new Unix(path);
  }

  private static Address tls(String whole, String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    int port = colon < 0 ? -1 : port(text.substring(colon + 1));
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    if (host.isEmpty() || port < 0) {
      throw new IllegalArgumentException("not tls:HOST:PORT: " + whole);
    }
    return new Tls(host, port);
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      return port > 65535 ? -1 : port;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** The socket of a user's own server: in the user's runtime folder. */
  static Path defaultSocket() {
    return runtimeFolder().resolve("syslet").resolve("syslet.sock");
  }

  /** $XDG_RUNTIME_DIR, else /run/user/UID, else /tmp/syslet-UID. */
  static Path runtimeFolder() {
    String set = System.getenv("XDG_RUNTIME_DIR");
    if (set != null && Path.of(set).isAbsolute()) {
      return Path.of(set);
    }
    String uid = uid();
    Path run = Path.of("/run/user", uid);
    return Files.isWritable(run) ? run : Path.of("/tmp", "syslet-" + uid);
  }

  private static String uid() {
    try {
      @Nullable Object uid = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
      return String.valueOf(uid);
    } catch (java.io.IOException e) {
      return System.getProperty("user.name", "nobody");
    }
  }
}
