package io.syslet.hadoop;

/** The keys of the configuration. {@code docs/hadoop.md} has them with their meaning. */
public final class DoorKeys {
  /** The scheme of the URIs. */
  public static final String SCHEME = "syslet";

  /** Path of the server's Unix socket, for {@code syslet:///}; that of one's own by default. */
  public static final String SOCKET = "fs.syslet.socket";

  /** Number of a user beside ours and root whose server may have the Unix socket. */
  public static final String SERVER_USER = "fs.syslet.server.user";

  /** PEM file with the certificate that is shown to servers. */
  public static final String TLS_CERT = "fs.syslet.tls.cert";

  /** PEM file with its private key. */
  public static final String TLS_KEY = "fs.syslet.tls.key";

  /** PEM file with the authorities that servers' certificates must come from. */
  public static final String TLS_CA = "fs.syslet.tls.ca";

  /** How long one connection may take to be made; 5s by default. */
  public static final String CONNECT_TIMEOUT = "fs.syslet.connect.timeout";

  /** For how long a server that is not there is tried again; 30s by default. */
  public static final String RETRY_TIME = "fs.syslet.retry.time";

  /** How many threads make calls; 2 by default. */
  public static final String TASKS = "fs.syslet.tasks";

  /** Directories that one listing or deletion works at, at a time; 64 by default. */
  public static final String DIRECTORIES = "fs.syslet.directories";

  /** Bytes that one call reads or writes, 4k to 512k; 256k by default. */
  public static final String CHUNK = "fs.syslet.chunk";

  /** Calls that read ahead of a stream that is read in order, or write behind; 4 by default. */
  public static final String AHEAD = "fs.syslet.ahead";

  /** Block size that is told of files, bytes; 128m by default. */
  public static final String BLOCK_SIZE = "fs.syslet.block.size";

  /** The host that has the files, as schedulers know it; that of the URI by default. */
  public static final String HOST = "fs.syslet.host";

  private DoorKeys() {}
}
