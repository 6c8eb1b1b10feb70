package io.syslet.server.page;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.syslet.server.guard.Lobby;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Serves the page, {@code /state.json}, {@code /metrics} and {@code /health}, from one thread that
 * has nothing to do with calls.
 */
public final class PageServer implements AutoCloseable {
  private static final int LONGEST_REQUEST = 8192;
  private static final int QUIET_SECONDS = 30;
  private static final int MOST_CONNECTIONS = 64;
  private static final int MOST_WAITING = 64;

  private final EventLoopGroup loop;
  private final Channel listener;
  private final Future<?> sampling;

  private PageServer(EventLoopGroup loop, Channel listener, Future<?> sampling) {
    this.loop = loop;
    this.listener = listener;
    this.sampling = sampling;
  }

  /**
   * Starts to listen.
   *
   * @param address where; port 0 for any.
   * @throws IOException if that is not possible.
   */
  public static PageServer start(InetSocketAddress address, PageSource source) throws IOException {
    EventLoopGroup loop =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("syslet-page", true), NioIoHandler.newFactory());
    Timeline timeline = new Timeline();
    Answers answers = new Answers(source, timeline);
    Lobby<Channel> waiting =
        new Lobby<>(
            MOST_CONNECTIONS,
            channel ->
                channel.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE));
    var bound =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, MOST_WAITING)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childHandler(connection(answers, new HostCheck(address), waiting))
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
      throw new IOException(
          "--http: "
              + address.getHostString()
              + ":"
              + address.getPort()
              + ": "
              + (address.isUnresolved() ? "no such host" : bound.cause().getMessage()));
    }
    return new PageServer(loop, bound.channel(), sample(loop, source, timeline));
  }

  private static ChannelInitializer<SocketChannel> connection(
      Answers answers, HostCheck hosts, Lobby<Channel> waiting) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(SocketChannel channel) {
        channel
            .pipeline()
            .addLast(
                new WholeRequest(waiting),
                new ReadTimeoutHandler(QUIET_SECONDS),
                new HttpServerCodec(),
                new HttpObjectAggregator(LONGEST_REQUEST, true),
                new PageHandler(answers, hosts));
      }
    };
  }

  private static Future<?> sample(EventLoopGroup loop, PageSource source, Timeline timeline) {
    Runnable one =
        () -> {
          PageState.Totals totals = source.state().totals();
          timeline.add(System.currentTimeMillis(), totals.inFlight(), totals.calls());
        };
    return loop.scheduleAtFixedRate(one, 0, Timeline.PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.localAddress();
  }

  /** Stops; connections are closed. */
  @Override
  public void close() {
    sampling.cancel(false);
    listener.close().awaitUninterruptibly();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
