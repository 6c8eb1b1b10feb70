package io.syslet.server.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import io.syslet.server.guard.Lobby;

/**
 * Gives each connection its turn in the lobby when it is accepted. One loop accepts, several let
 * in: one of them may come to a connection after another has let in many that came later.
 */
final class AcceptOrder extends ChannelInboundHandlerAdapter {
  private static final AttributeKey<Long> TURN = AttributeKey.valueOf("syslet.turn");

  private final Lobby<Channel> lobby;

  AcceptOrder(Lobby<Channel> lobby) {
    this.lobby = lobby;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object accepted) {
    ((Channel) accepted).attr(TURN).set(lobby.turn());
    context.fireChannelRead(accepted);
  }

  /** Lets an accepted connection into the lobby. */
  static void enter(Lobby<Channel> lobby, Channel channel) {
    lobby.enter(channel, channel.attr(TURN).get());
  }
}
