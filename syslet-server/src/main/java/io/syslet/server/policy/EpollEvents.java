package io.syslet.server.policy;

import io.syslet.Nr;
import io.syslet.table.CallTable;
import java.util.Objects;

/** {@code struct epoll_event}. */
final class EpollEvents {
  /** Bytes: 12 on x86-64, where it is packed, else 16. */
  static final int LENGTH =
      Objects.requireNonNull(CallTable.entry(Nr.EPOLL_CTL)).argument(3).unit();

  /** How many one call may ask for: what a result can count in bytes. */
  static final int MOST = Integer.MAX_VALUE / LENGTH;

  private EpollEvents() {}
}
