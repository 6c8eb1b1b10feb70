package io.syslet.bench.service;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.syslet.client.TlsFiles;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * A bare Netty client of {@link EchoProcess}: sends a message when the last one has come back,
 * either from the event loop itself, or from a thread that waits as one that makes a call does.
 */
final class EchoClient implements AutoCloseable {
  private final MultiThreadIoEventLoopGroup loops;
  private final Channel channel;
  private final Echoes echoes = new Echoes();

  private EchoClient(SocketAddress to, boolean isTcp, @Nullable SslContext tls) throws Exception {
    Sockets sockets = Sockets.best();
    loops =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("echo", true), sockets.handlers());
    Bootstrap bootstrap =
        new Bootstrap().group(loops).channel(isTcp ? sockets.tcp() : sockets.unix());
    if (isTcp) {
      bootstrap.option(ChannelOption.TCP_NODELAY, true);
    }
    channel =
        bootstrap
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel made) {
                    if (tls != null) {
                      made.pipeline().addLast(tls.newHandler(made.alloc(), "localhost", -1));
                    }
                    made.pipeline().addLast(echoes);
                  }
                })
            .connect(to)
            .sync()
            .channel();
    if (tls != null) {
      channel.pipeline().get(SslHandler.class).handshakeFuture().sync();
    }
  }

  static EchoClient unix(Path folder) throws Exception {
    return new EchoClient(Sockets.address(folder.resolve("echo")), false, null);
  }

  static EchoClient tls(Path folder, int port) throws Exception {
    Pki pki = new Pki(folder);
    SslContext context =
        SslContextBuilder.forClient()
            .keyManager(TlsFiles.keys(pki.certificate("client"), pki.key("client")))
            .trustManager(TlsFiles.trust(pki.authority()))
            .sslProvider(SslProvider.JDK)
            .protocols("TLSv1.3")
            .build();
    return new EchoClient(new InetSocketAddress("localhost", port), true, context);
  }

  /** Sends messages one after the other for so long, without leaving the event loop. */
  Histogram onLoop(int length, long nanos) throws InterruptedException {
    long end = System.nanoTime() + nanos;
    channel.eventLoop().execute(() -> echoes.start(channel, length, end, null));
    echoes.done.acquire();
    return echoes.found;
  }

  /** Sends messages for so long from this thread, which sleeps until each is back. */
  Histogram fromThread(int length, long nanos) {
    Histogram found = new Histogram(3);
    long end = System.nanoTime() + nanos;
    for (long now = System.nanoTime(); now - end < 0; ) {
      echoes.start(channel, length, end, Thread.currentThread());
      while (!echoes.isBack) {
        LockSupport.park(this);
      }
      long after = System.nanoTime();
      found.recordValue(after - now);
      now = after;
    }
    return found;
  }

  /** Messages sent and got so far. */
  long messages() {
    return 2 * echoes.sent.get();
  }

  @Override
  public void close() {
    channel.close().syncUninterruptibly();
    loops.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS).syncUninterruptibly();
  }

  /** Counts the bytes that come back. */
  private static final class Echoes extends SimpleChannelInboundHandler<ByteBuf> {
    final Semaphore done = new Semaphore(0);
    Histogram found = new Histogram(3);
    private volatile @Nullable Thread waiting;
    volatile boolean isBack;
    private int length;
    private int missing;
    private long sentAt;
    private long end;
    final AtomicLong sent = new AtomicLong();

    void start(Channel to, int newLength, long newEnd, @Nullable Thread thread) {
      found = thread == null ? new Histogram(3) : found;
      length = newLength;
      end = newEnd;
      isBack = false;
      waiting = thread;
      send(to);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // an echo that does not come is missed anyway
    private void send(Channel to) {
      missing = length;
      sent.incrementAndGet();
      sentAt = System.nanoTime();
      to.writeAndFlush(to.alloc().directBuffer(length).writeZero(length));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
      missing -= message.readableBytes();
      if (missing > 0) {
        return;
      }
      Thread thread = waiting;
      if (thread != null) {
        isBack = true;
        LockSupport.unpark(thread);
      } else {
        next(context);
      }
    }

    private void next(ChannelHandlerContext context) {
      long now = System.nanoTime();
      found.recordValue(now - sentAt);
      if (now - end < 0) {
        send(context.channel());
      } else {
        done.release();
      }
    }
  }
}
