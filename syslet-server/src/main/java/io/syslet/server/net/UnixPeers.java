package io.syslet.server.net;

import io.netty.channel.Channel;
import io.syslet.client.PeerCredentials;
import io.syslet.client.Users;
import io.syslet.server.session.Peer;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** Which users may have sessions over a Unix socket. */
final class UnixPeers {
  private final Set<Long> allowed;

  /**
   * @param others who may come as well as our own user.
   */
  UnixPeers(Set<Long> others) {
    this.allowed = new HashSet<>(others);
    allowed.add(Users.own());
  }

  /** Who it is. */
  static Peer of(Channel channel) throws IOException {
    PeerCredentials its = PeerCredentials.of(ChannelDescriptor.of(channel));
    return Peer.unix(its.uid(), its.gid(), its.pid());
  }

  /** Whether it may have a session. */
  boolean mayEnter(Peer peer) {
    return allowed.contains(peer.uid());
  }

  /** Whether other users than ours may come. */
  boolean areOthers() {
    return allowed.size() > 1;
  }
}
