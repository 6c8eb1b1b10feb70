package io.syslet.server.page;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * On the loopback interface only names of this host and of the address are answered: a page of
 * another site whose name was made to point here (DNS rebinding) cannot read the figures.
 */
final class HostCheck {
  private static final Set<String> OURS = Set.of("localhost", "127.0.0.1", "[::1]");

  private final boolean loopback;
  private final Set<String> names = new HashSet<>(OURS);

  HostCheck(InetSocketAddress address) {
    InetAddress host = address.getAddress();
    this.loopback = host != null && host.isLoopbackAddress();
    add(address.getHostString());
    if (host != null) {
      add(host.getHostAddress());
    }
  }

  private void add(String name) {
    names.add((name.contains(":") ? "[" + name + "]" : name).toLowerCase(Locale.ROOT));
  }

  /** Whether a Host header is acceptable. */
  boolean accepts(@Nullable String host) {
    return !loopback
        || (host != null && names.contains(withoutPort(host).toLowerCase(Locale.ROOT)));
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon < 0 || host.endsWith("]") ? host : host.substring(0, colon);
  }
}
