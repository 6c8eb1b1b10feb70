package io.syslet.server.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import io.syslet.server.guard.Lobby;
import io.syslet.server.guard.TokenBucket;
import java.util.concurrent.TimeUnit;

/**
 * How connections are accepted at an address.
 *
 * <p>Each gets its turn in the lobby when it is accepted. One loop accepts, several let in: one of
 * them may come to a connection after another has let in many that came later.
 *
 * <p>And so many are accepted at once, then one in a while; the others wait in the socket. The
 * loops that let in whoever knocks also hear the clients that are in. The listener's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // of what is done later: it ends with the loop
final class Admission extends ChannelInboundHandlerAdapter {
  private static final AttributeKey<Long> TURN = AttributeKey.valueOf("syslet.turn");
  private static final int BURST = 256;
  private static final long PERIOD_NANOS = 1_000_000;
  private static final int PAUSE_MILLIS = 10;

  private final Lobby<Channel> lobby;
  private final TokenBucket pace = new TokenBucket(BURST, PERIOD_NANOS, System.nanoTime());

  Admission(Lobby<Channel> lobby) {
    this.lobby = lobby;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object accepted) {
    ((Channel) accepted).attr(TURN).set(lobby.turn());
    pace.take(1);
    if (pace.allowed(1, System.nanoTime()) == 0) {
      pause(context.channel());
    }
    context.fireChannelRead(accepted);
  }

  private static void pause(Channel listener) {
    listener.config().setAutoRead(false);
    Runnable goOn = () -> listener.config().setAutoRead(true);
    listener.eventLoop().schedule(goOn, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Lets an accepted connection into the lobby. */
  static void enter(Lobby<Channel> lobby, Channel channel) {
    lobby.enter(channel, channel.attr(TURN).get());
  }
}
