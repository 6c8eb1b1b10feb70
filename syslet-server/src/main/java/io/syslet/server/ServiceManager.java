package io.syslet.server;

import io.syslet.CString;
import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.ring.HostCalls;
import io.syslet.ring.Memory;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What systemd is told of a server, by the datagrams of sd_notify(3). Without NOTIFY_SOCKET each
 * method does nothing. Any thread.
 */
public final class ServiceManager {
  private static final Logger LOG = System.getLogger(ServiceManager.class.getName());
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int PATH_LENGTH = 107;

  private final byte @Nullable [] name;
  private final Duration watchdog;

  private ServiceManager(byte @Nullable [] name, Duration watchdog) {
    this.name = name;
    this.watchdog = watchdog;
  }

  /**
   * The one that an environment names: by NOTIFY_SOCKET, an absolute path or, behind an at sign, an
   * abstract name; by WATCHDOG_USEC, unless WATCHDOG_PID is another process.
   */
  public static ServiceManager of(Map<String, String> environment) {
    String socket = environment.getOrDefault("NOTIFY_SOCKET", "");
    byte[] name = socket.getBytes(StandardCharsets.UTF_8);
    boolean isName = socket.startsWith("/") || socket.startsWith("@");
    return isName && name.length <= PATH_LENGTH
        ? new ServiceManager(name, watchdog(environment))
        : new ServiceManager(null, Duration.ZERO);
  }

  private static Duration watchdog(Map<String, String> environment) {
    String ours = Long.toString(ProcessHandle.current().pid());
    if (!environment.getOrDefault("WATCHDOG_PID", ours).equals(ours)) {
      return Duration.ZERO;
    }
    try {
      long micros = Long.parseLong(environment.getOrDefault("WATCHDOG_USEC", "0"));
      return Duration.ofNanos(Math.multiplyExact(Math.max(micros, 0), 1000));
    } catch (ArithmeticException | NumberFormatException e) {
      return Duration.ZERO;
    }
  }

  /** How long it waits for {@link #alive} before it takes us for dead; zero for ever. */
  public Duration watchdog() {
    return watchdog;
  }

  /** The server takes clients. */
  public void ready() {
    send("READY=1");
  }

  /** The server ends. */
  public void stopping() {
    send("STOPPING=1");
  }

  /** The server goes on. */
  public void alive() {
    send("WATCHDOG=1");
  }

  private void send(String text) {
    byte[] to = name;
    long error = to == null ? 0 : send(to, text.getBytes(StandardCharsets.US_ASCII));
    if (error < 0) {
      LOG.log(Level.WARNING, "NOTIFY_SOCKET: {0}: {1}", text, Errno.text((int) -error));
    }
  }

  private static long send(byte[] to, byte[] text) {
    long fd = HostCalls.call(Nr.SOCKET, AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, 0, 0, 0);
    if (fd < 0) {
      return fd;
    }
    try (Arena arena = Arena.ofConfined()) {
      long message = CString.allocate(arena, text);
      long address = address(arena, to);
      int length = Short.BYTES + to.length;
      return HostCalls.call(Nr.SENDTO, fd, message, text.length, MSG_NOSIGNAL, address, length);
    } finally {
      HostCalls.send(Nr.CLOSE, fd, 0, 0, 0, 0, 0);
    }
  }

  /** A sockaddr_un, in which a name begins with a zero where its text has an at sign. */
  private static long address(Arena arena, byte[] to) {
    long address = arena.allocate(Short.BYTES + to.length + 1L, Short.BYTES).address();
    Memory.putByte(address, (byte) AF_UNIX);
    CString.put(address + Short.BYTES, to);
    if (to[0] == '@') {
      Memory.putByte(address + Short.BYTES, (byte) 0);
    }
    return address;
  }
}
