package io.syslet.server;

import io.syslet.client.TlsFiles;
import io.syslet.client.TrustedFolder;
import io.syslet.client.wire.Address;
import io.syslet.linux.LinuxKernel;
import io.syslet.linux.LinuxOptions;
import io.syslet.ring.SharedMemory;
import io.syslet.server.journal.Journal;
import io.syslet.server.net.Front;
import io.syslet.server.net.NetOptions;
import io.syslet.server.page.PageServer;
import io.syslet.server.policy.Confinement;
import io.syslet.server.session.Restored;
import io.syslet.server.session.SessionLog;
import io.syslet.server.session.SessionOptions;
import io.syslet.server.session.Sessions;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code syslet serve}: a kernel of this machine, the sessions that use it, their journal, and the
 * sockets over which clients come.
 *
 * <pre>
 *   Front (event loops) --batches--> Sessions (pollers) --calls--> LinuxKernel
 *                       &lt;--answers--      |
 *                                         '--what goes on without its caller--> Journal
 * </pre>
 */
public final class Server implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Server.class.getName());

  private final ServerSettings settings;
  private final LinuxKernel kernel;
  private @Nullable Journal journal;
  private @Nullable Sessions sessions;
  private @Nullable Front front;
  private @Nullable PageServer page;
  private @Nullable ServiceManager manager;
  private @Nullable Watchdog watchdog;
  private boolean closed;

  private Server(ServerSettings settings) {
    this.settings = settings;
    int workers = settings.limits().workers();
    this.kernel = LinuxKernel.boot(LinuxOptions.defaults().maxWorkers(workers));
  }

  /**
   * Starts a server, which is ready when this returns.
   *
   * @throws IOException with one line that says what is in the way; then nothing is left behind.
   * @throws IllegalArgumentException for options out of range, naming the option.
   */
  public static Server open(ServerOptions options) throws IOException {
    Server server = new Server(check(options));
    try {
      server.start();
      return server;
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /**
   * Checks options and the files that they name, and touches nothing.
   *
   * @return what they mean.
   * @throws IOException with one line that says what is wrong.
   * @throws IllegalArgumentException for options out of range, naming the option.
   */
  public static ServerSettings check(ServerOptions options) throws IOException {
    ServerSettings settings = new OptionReader(options).settings();
    NetOptions net = settings.net();
    Confinement.check();
    SharedMemory.check();
    Path folder = settings.journal();
    if (folder != null && Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new IOException("--journal: no folder: " + folder);
    }
    if (folder != null) {
      TrustedFolder.check(folder);
      hidden(settings);
    }
    for (Address address : net.addresses()) {
      if (address instanceof Address.Unix unix) {
        TrustedFolder.check(Objects.requireNonNull(unix.path().getParent()));
      }
      if (address instanceof Address.Tls) {
        TlsFiles.context(net.certificate(), net.key(), net.authority());
      }
    }
    return settings;
  }

  private void start() throws IOException {
    Path folder = settings.journal();
    Journal kept = folder == null ? null : Journal.open(folder, settings.journalOptions());
    journal = kept;
    List<Restored> restored = kept == null ? List.of() : kept.recovered();
    if (kept != null && !kept.loss().isNone()) {
      LOG.log(Level.WARNING, "the journal is {0}", kept.loss().text());
    }
    sessions = Sessions.start(kernel, sessionOptions(kept, restored));
    if (hidden(settings) != null) {
      LOG.log(Level.WARNING, "the journal lies below the served root: clients do not get it");
    }
    front = front(sessions, restored);
    InetSocketAddress http = settings.http();
    if (http != null && http.getAddress() != null && http.getAddress().isAnyLocalAddress()) {
      LOG.log(Level.WARNING, "--http: every host that can reach this one can read the page");
    }
    if (http != null) {
      page = PageServer.start(http, new ServerFigures(kernel, sessions, kept)::state);
    }
  }

  private SessionOptions sessionOptions(@Nullable Journal kept, List<Restored> restored)
      throws IOException {
    return SessionOptions.of(settings.root(), kernel.processors())
        .canWrite(settings.canWrite())
        .takesDescriptors(settings.takesDescriptors())
        .limits(settings.limits())
        .hidden(hidden(settings))
        .log(i -> kept == null ? SessionLog.NONE : kept.writer(), restored);
  }

  /** The journal's folder, if it lies below the root. */
  private static @Nullable Path hidden(ServerSettings settings) throws IOException {
    Path folder = settings.journal();
    if (folder == null) {
      return null;
    }
    Path journal = whereItWillBe(folder.normalize());
    if (!journal.startsWith(settings.root().toRealPath())) {
      return null;
    }
    if (settings.canWrite()) {
      throw new IOException(
          "--journal: " + folder + " lies below the served root, where clients may write");
    }
    return journal;
  }

  /** The true path of a folder that may not be there yet. */
  private static Path whereItWillBe(Path folder) throws IOException {
    Path above = folder.getParent();
    return above == null || Files.exists(folder)
        ? folder.toRealPath()
        : whereItWillBe(above).resolve(Objects.requireNonNull(folder.getFileName()));
  }

  private Front front(Sessions open, List<Restored> restored) throws IOException {
    Map<Long, Long> posted = new HashMap<>();
    for (Restored each : restored) {
      posted.put(each.id(), each.position() + each.statuses().length);
    }
    int instance = new SecureRandom().nextInt(1, Integer.MAX_VALUE);
    return Front.open(
        open, settings.net(), settings.limits().inFlight(), instance, Map.copyOf(posted));
  }

  /** Tells a service manager that the server is ready, that it goes on, and when it ends. */
  public synchronized void tell(ServiceManager told) {
    manager = told;
    told.ready();
    if (!told.watchdog().isZero()) {
      watchdog = Watchdog.start(told, sessions());
    }
  }

  /** Where it listens, with the ports that were chosen. */
  public List<Address> addresses() {
    return front == null ? List.of() : front.addresses();
  }

  /** Where the page is; null if there is none. */
  public @Nullable InetSocketAddress page() {
    return page == null ? null : page.address();
  }

  /** How many connections there are. */
  public int connections() {
    return front == null ? 0 : front.connections();
  }

  /** The sessions. */
  public Sessions sessions() {
    return Objects.requireNonNull(sessions);
  }

  /** One line that says where it is and what it serves. */
  public String ready() {
    StringBuilder line = new StringBuilder("ready");
    addresses().forEach(address -> line.append(", ").append(address));
    line.append(", root ").append(sessions().rootPath());
    Path folder = settings.journal();
    line.append(folder == null ? ", no journal" : ", journal " + folder);
    if (page != null) {
      line.append(", ").append(url(page.address()));
    }
    return line.append(front == null ? "" : ", " + front.transport()).toString();
  }

  private static String url(InetSocketAddress at) {
    InetAddress host = at.getAddress();
    String name = host.isAnyLocalAddress() ? "localhost" : host.getHostAddress();
    return "http://" + (name.contains(":") ? "[" + name + "]" : name) + ":" + at.getPort();
  }

  /**
   * Ends in an orderly way: nobody is let in any more, calls in flight are waited for, and those
   * that take too long completed with −ECANCELED; clients are told, and the journal is closed.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (manager != null) {
      manager.stopping();
    }
    closeQuietly(watchdog);
    if (front != null) {
      front.stopListening();
    }
    drain();
    closeQuietly(page);
    closeQuietly(front);
    closeQuietly(sessions);
    closeQuietly(journal);
    kernel.close();
  }

  private void drain() {
    try {
      if (sessions != null) {
        sessions.drain(settings.drain());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void closeQuietly(@Nullable AutoCloseable part) {
    try {
      if (part != null) {
        part.close();
      }
    } catch (Exception e) {
      LOG.log(Level.WARNING, "at the end: {0}", e.getMessage());
    }
  }
}
