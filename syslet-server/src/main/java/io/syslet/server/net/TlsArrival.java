package io.syslet.server.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.syslet.Errno;
import io.syslet.server.guard.Lobby;
import io.syslet.server.session.Peer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSession;

/** A client has connected by TCP: nothing is read of it before it has shown its certificate. */
@SuppressWarnings("FutureReturnValueIgnored") // of a close: nothing is left to do
final class TlsArrival extends ChannelInitializer<Channel> {
  private static final Logger LOG = System.getLogger(TlsArrival.class.getName());

  private final Entrance entrance;
  private final TlsSide side;
  private final ChannelGroup connections;
  private final Lobby<Channel> lobby;

  TlsArrival(Entrance entrance, TlsSide side, ChannelGroup connections, Lobby<Channel> lobby) {
    this.entrance = entrance;
    this.side = side;
    this.connections = connections;
    this.lobby = lobby;
  }

  @Override
  protected void initChannel(Channel channel) {
    connections.add(channel);
    AcceptOrder.enter(lobby, channel);
    SslHandler tls = side.context().newHandler(channel.alloc());
    tls.setHandshakeTimeout(entrance.options().handshake().toMillis(), TimeUnit.MILLISECONDS);
    channel.pipeline().addLast(tls, new Shown(tls));
  }

  /** Waits for the certificate. */
  private final class Shown extends ChannelInboundHandlerAdapter {
    private final SslHandler tls;

    Shown(SslHandler tls) {
      this.tls = tls;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
      if (event instanceof SslHandshakeCompletionEvent completion) {
        if (completion.isSuccess()) {
          enter(context);
        } else {
          refused(context, completion.cause());
        }
      }
      context.fireUserEventTriggered(event);
    }

    private void enter(ChannelHandlerContext context) throws Exception {
      SSLSession session = tls.engine().getSession();
      Peer peer = TlsSide.peer(session);
      Conversation conversation = new Conversation(entrance, peer, context.channel(), lobby);
      context.pipeline().addLast(new FrameDecoder(), conversation).remove(this);
      if (!side.mayEnter(session)) {
        conversation.refuse(Errno.EPERM, "\"" + peer.name() + "\" may not connect");
      }
    }

    private void refused(ChannelHandlerContext context, Throwable cause) {
      String who = host(context.channel());
      boolean isGone = cause instanceof ClosedChannelException;
      String why = isGone ? "the connection was closed" : Front.reason(cause);
      entrance.complaints().log(LOG, Level.WARNING, who, "{0}: no TLS: {1}", who, why);
      context.close();
    }

    private static String host(Channel channel) {
      return channel.remoteAddress() instanceof InetSocketAddress from
          ? from.getAddress().getHostAddress()
          : String.valueOf(channel.remoteAddress());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      lobby.leave(context.channel());
      context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
