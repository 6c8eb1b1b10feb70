package io.syslet.hadoop;

import io.syslet.client.ClientOptions;
import io.syslet.client.TlsFiles;
import io.syslet.client.wire.Address;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * What a file system is told: where the server is, how to get in, and how much to do at a time.
 *
 * @param address of the server.
 * @param client how to connect.
 * @param retry for how long a server that is not there is tried again.
 * @param tasks that make calls.
 * @param directories worked at, at a time.
 * @param chunk bytes of one call.
 * @param ahead calls that read ahead or write behind.
 * @param blockSize told of files, bytes.
 * @param host that has the files.
 */
record DoorOptions(
    Address address,
    ClientOptions client,
    Duration retry,
    int tasks,
    int directories,
    int chunk,
    int ahead,
    long blockSize,
    String host) {
  private static final int MOST_TASKS = 64;
  private static final int LEAST_CHUNK = 4 << 10;
  private static final int MOST_CHUNK = 512 << 10;

  /** Whatever is longer is for ever: its nanoseconds are to fit beside those of a clock. */
  private static final long MOST_MILLIS = TimeUnit.NANOSECONDS.toMillis(Long.MAX_VALUE / 4);

  /**
   * Reads a configuration.
   *
   * @throws IOException for a URI that names no server, or files that TLS needs and that are not
   *     there or not ours.
   * @throws IllegalArgumentException for a number out of range, naming its key.
   */
  static DoorOptions of(URI uri, Configuration conf) throws IOException {
    Address address = address(uri, conf);
    String host = address instanceof Address.Tls tls ? tls.host() : localHost();
    return new DoorOptions(
        address,
        client(address, conf),
        time(conf, DoorKeys.RETRY_TIME, 30),
        number(conf, DoorKeys.TASKS, 2, 1, MOST_TASKS),
        number(conf, DoorKeys.DIRECTORIES, 64, 1, 1024),
        bytes(conf),
        number(conf, DoorKeys.AHEAD, 4, 0, 64),
        conf.getLongBytes(DoorKeys.BLOCK_SIZE, 128 << 20),
        conf.getTrimmed(DoorKeys.HOST, host));
  }

  private static Address address(URI uri, Configuration conf) throws IOException {
    if (uri.getAuthority() == null) {
      return Address.parse("unix:" + conf.getTrimmed(DoorKeys.SOCKET, ""));
    }
    if (uri.getHost() == null || uri.getPort() < 0 || uri.getUserInfo() != null) {
      throw new IOException("neither syslet://HOST:PORT/PATH nor syslet:///PATH: " + uri);
    }
    return Address.parse("tls:" + uri.getHost() + ":" + uri.getPort());
  }

  private static ClientOptions client(Address address, Configuration conf) throws IOException {
    Duration connect = time(conf, DoorKeys.CONNECT_TIMEOUT, 5);
    ClientOptions options =
        ClientOptions.defaults()
            .tls(file(conf, DoorKeys.TLS_CERT), file(conf, DoorKeys.TLS_KEY), ca(conf))
            .times(connect, time(conf, DoorKeys.RETRY_TIME, 30), Duration.ofMillis(200))
            .serverUser(conf.getLong(DoorKeys.SERVER_USER, ClientOptions.OURS))
            .oneServer(true);
    if (address instanceof Address.Tls) {
      checkFiles(options);
    }
    return options;
  }

  private static void checkFiles(ClientOptions options) throws IOException {
    if (options.certificate() == null || options.key() == null || options.authority() == null) {
      String keys = String.join(", ", DoorKeys.TLS_CERT, DoorKeys.TLS_KEY, DoorKeys.TLS_CA);
      throw new IOException("syslet://HOST:PORT/ needs files in PEM, which the keys name: " + keys);
    }
    TlsFiles.context(options.certificate(), options.key(), options.authority());
  }

  private static @Nullable Path ca(Configuration conf) {
    return file(conf, DoorKeys.TLS_CA);
  }

  private static @Nullable Path file(Configuration conf, String key) {
    String name = conf.getTrimmed(key, "");
    return name.isEmpty() ? null : Path.of(name).toAbsolutePath();
  }

  private static Duration time(Configuration conf, String key, int seconds) {
    long millis = conf.getTimeDuration(key, seconds, TimeUnit.SECONDS, TimeUnit.MILLISECONDS);
    return Duration.ofMillis(Math.min(millis, MOST_MILLIS));
  }

  private static int number(Configuration conf, String key, int usual, int least, int most) {
    return inRange(key, conf.getInt(key, usual), least, most);
  }

  private static int bytes(Configuration conf) {
    long bytes = conf.getLongBytes(DoorKeys.CHUNK, 256 << 10);
    return inRange(DoorKeys.CHUNK, bytes, LEAST_CHUNK, MOST_CHUNK);
  }

  private static int inRange(String key, long value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(key + ": " + least + " to " + most + ", not " + value);
    }
    return (int) value;
  }

  private static String localHost() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (java.net.UnknownHostException e) {
      return "localhost";
    }
  }
}
