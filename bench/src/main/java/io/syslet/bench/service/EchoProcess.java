package io.syslet.bench.service;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.syslet.client.TlsFiles;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The rival: a bare Netty server that sends back what it gets, over a Unix socket and over TLS.
 * Prints its port; ends at the end of its input. {@code EchoProcess FOLDER}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // an echo that does not come is missed by the client
final class EchoProcess {
  private final MultiThreadIoEventLoopGroup loops;
  private final Sockets sockets = Sockets.best();

  private EchoProcess() {
    loops = new MultiThreadIoEventLoopGroup(1, sockets.handlers());
  }

  /** Serves. */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    EchoProcess echo = new EchoProcess();
    echo.listen(echo.sockets.unixServer(), Sockets.address(folder.resolve("echo")), null);
    Channel tls =
        echo.listen(
            echo.sockets.tcpServer(), new InetSocketAddress("localhost", 0), tls(new Pki(folder)));
    System.out.println(((InetSocketAddress) tls.localAddress()).getPort());
    while (System.in.read() >= 0) {}
    echo.loops.shutdownGracefully();
  }

  private static SslContext tls(Pki pki) throws Exception {
    return SslContextBuilder.forServer(TlsFiles.keys(pki.certificate("server"), pki.key("server")))
        .trustManager(TlsFiles.trust(pki.authority()))
        .sslProvider(SslProvider.JDK)
        .protocols("TLSv1.3")
        .clientAuth(ClientAuth.REQUIRE)
        .build();
  }

  private Channel listen(
      Class<? extends ServerChannel> kind, SocketAddress at, @Nullable SslContext tls)
      throws InterruptedException {
    ServerBootstrap server = new ServerBootstrap().group(loops).channel(kind);
    if (tls != null) {
      server.childOption(ChannelOption.TCP_NODELAY, true);
    }
    return server
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                if (tls != null) {
                  channel.pipeline().addLast(tls.newHandler(channel.alloc()));
                }
                channel.pipeline().addLast(new Echo());
              }
            })
        .bind(at)
        .sync()
        .channel();
  }

  private static final class Echo extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      context.writeAndFlush(message);
    }
  }
}
