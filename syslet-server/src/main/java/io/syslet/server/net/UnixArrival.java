package io.syslet.server.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import io.syslet.Errno;
import io.syslet.server.guard.Lobby;
import io.syslet.server.session.Peer;
import java.io.IOException;

/** A client has connected to a Unix socket. */
final class UnixArrival extends ChannelInitializer<Channel> {
  private final Entrance entrance;
  private final UnixPeers peers;
  private final ChannelGroup connections;
  private final Lobby<Channel> lobby;

  UnixArrival(Entrance entrance, UnixPeers peers, ChannelGroup connections, Lobby<Channel> lobby) {
    this.entrance = entrance;
    this.peers = peers;
    this.connections = connections;
    this.lobby = lobby;
  }

  @Override
  protected void initChannel(Channel channel) throws IOException {
    Peer peer = UnixPeers.of(channel);
    Conversation conversation = new Conversation(entrance, peer, channel, lobby);
    channel.pipeline().addLast(new FrameDecoder(), conversation);
    if (!peers.mayEnter(peer)) {
      conversation.refuse(Errno.EPERM, "user " + peer.uid() + " may not connect");
    } else {
      connections.add(channel);
      AcceptOrder.enter(lobby, channel);
    }
  }
}
