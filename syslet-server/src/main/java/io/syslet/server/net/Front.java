package io.syslet.server.net;

import static io.netty.channel.ChannelFutureListener.CLOSE;
import static io.netty.channel.ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.syslet.client.wire.Address;
import io.syslet.client.wire.FrameType;
import io.syslet.client.wire.FrameWriter;
import io.syslet.client.wire.Wire;
import io.syslet.server.guard.Lobby;
import io.syslet.server.session.Sessions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The listening sockets of a server and all its connections. */
public final class Front implements AutoCloseable {
  private static final int LOW_WATER = 256 << 10;
  private static final int HIGH_WATER = 1 << 20;
  private static final int BACKLOG = 1024;
  private static final int MOST_WAITING = 256;
  private static final long PATIENCE_MILLIS = 1000;

  /** Netty warns, at length, of channels that end after their loop, as some do at each end. */
  private static final Logger CHANNELS = Logger.getLogger("io.netty.channel.AbstractChannel");

  static {
    CHANNELS.setLevel(Level.SEVERE);
  }

  private final Entrance entrance;
  private final NetOptions options;
  private final Transport transport;
  private final EventLoopGroup loops;
  private final ChannelGroup connections =
      new DefaultChannelGroup("connections", GlobalEventExecutor.INSTANCE);
  private final List<Channel> listeners = new ArrayList<>();
  private final List<UnixSocketFile> files = new ArrayList<>();
  private final List<Address> bound = new ArrayList<>();

  private Front(Entrance entrance, NetOptions options) {
    this.entrance = entrance;
    this.options = options;
    Transport wanted = options.transport();
    this.transport = wanted == null ? Transport.best() : wanted;
    this.loops = new MultiThreadIoEventLoopGroup(2, transport.handlers());
  }

  /**
   * Begins to listen.
   *
   * @param maxInFlight calls that a session may have pending.
   * @param instance number of this server, not 0.
   * @param restored how many completions each session had that the journal knows, by its number.
   * @throws IOException with one line that says which address cannot be used, and why; then nobody
   *     listens.
   */
  public static Front open(
      Sessions sessions,
      NetOptions options,
      int maxInFlight,
      int instance,
      Map<Long, Long> restored)
      throws IOException {
    Entrance entrance = new Entrance(sessions, options, maxInFlight, instance, restored);
    Front front = new Front(entrance, options);
    try {
      for (Address address : options.addresses()) {
        front.listen(address);
      }
      return front;
    } catch (IOException | RuntimeException e) {
      front.close();
      throw e;
    }
  }

  private void listen(Address address) throws IOException {
    switch (address) {
      case Address.Unix unix -> listen(unix);
      case Address.Tls tls -> listen(tls);
    }
  }

  private void listen(Address.Unix address) throws IOException {
    UnixPeers peers = new UnixPeers(options.users());
    Lobby<Channel> lobby = lobby();
    ServerBootstrap bootstrap =
        bootstrap(lobby, new UnixArrival(entrance, peers, connections, lobby));
    Integer passed = options.passed().get(address);
    if (passed != null) {
      adopt(address, bootstrap, passed);
      bound.add(address);
      return;
    }
    UnixSocketFile file = UnixSocketFile.prepare(address.path(), peers.areOthers());
    bind(address, bootstrap.channel(transport.unix()), transport.unixAddress(address.path()));
    files.add(file);
    file.made();
    bound.add(address);
  }

  private void listen(Address.Tls address) throws IOException {
    Lobby<Channel> lobby = lobby();
    ServerBootstrap bootstrap =
        bootstrap(lobby, new TlsArrival(entrance, TlsSide.of(options), connections, lobby));
    bootstrap.childOption(ChannelOption.TCP_NODELAY, true);
    bootstrap.option(ChannelOption.SO_REUSEADDR, true);
    SocketAddress at = new InetSocketAddress(address.host(), address.port());
    Integer passed = options.passed().get(address);
    Channel listener =
        passed == null
            ? bind(address, bootstrap.channel(transport.tcp()), at)
            : adopt(address, bootstrap, passed);
    int port = ((InetSocketAddress) listener.localAddress()).getPort();
    bound.add(new Address.Tls(address.host(), port));
  }

  /** Each address has its own places: who dawdles at one keeps nobody from the others. */
  private Lobby<Channel> lobby() {
    return new Lobby<>(
        Math.clamp(options.connections() / 8, 16, MOST_WAITING),
        channel -> channel.close().addListener(FIRE_EXCEPTION_ON_FAILURE));
  }

  private Channel bind(Address address, ServerBootstrap bootstrap, SocketAddress at)
      throws IOException {
    return begun(address, bootstrap.bind(at));
  }

  /** Takes a socket that listens already, and that whoever has opened it takes away. */
  private Channel adopt(Address address, ServerBootstrap bootstrap, int passed) throws IOException {
    ServerChannel channel =
        address instanceof Address.Unix
            ? new EpollServerDomainSocketChannel(passed, true)
            : new EpollServerSocketChannel(passed);
    return begun(address, bootstrap.channelFactory(() -> channel).register());
  }

  private ServerBootstrap bootstrap(Lobby<Channel> lobby, ChannelHandler arrival) {
    WriteBufferWaterMark marks = new WriteBufferWaterMark(LOW_WATER, HIGH_WATER);
    return new ServerBootstrap()
        .group(loops)
        .handler(new AcceptOrder(lobby))
        .childHandler(arrival)
        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, marks)
        .option(ChannelOption.SO_BACKLOG, BACKLOG);
  }

  private Channel begun(Address address, ChannelFuture beginning) throws IOException {
    ChannelFuture binding = beginning.awaitUninterruptibly();
    if (!binding.isSuccess()) {
      throw new IOException(address + ": " + reason(binding.cause()), binding.cause());
    }
    listeners.add(binding.channel());
    return binding.channel();
  }

  /** Why something failed, in a line. */
  static String reason(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  /** Where it listens, with the ports that were chosen. */
  public List<Address> addresses() {
    return List.copyOf(bound);
  }

  /** What it listens with. */
  public Transport transport() {
    return transport;
  }

  /** Connections of this moment. */
  public int connections() {
    return connections.size();
  }

  /** Lets nobody in any more; connections go on. */
  public void stopListening() {
    for (Channel listener : listeners) {
      listener.close().awaitUninterruptibly(PATIENCE_MILLIS);
    }
    listeners.clear();
    files.forEach(UnixSocketFile::remove);
    files.clear();
  }

  /** Says goodbye to everybody, and ends. */
  @Override
  public void close() {
    stopListening();
    for (Channel connection : connections) {
      ByteBuf frame = RemoteFrames.buffer(Wire.HEADER_LENGTH);
      new FrameWriter()
          .wrap(frame.memoryAddress(), Wire.HEADER_LENGTH)
          .begin(FrameType.GOODBYE)
          .end();
      connection.writeAndFlush(frame.writerIndex(Wire.HEADER_LENGTH)).addListener(CLOSE);
    }
    connections.close().awaitUninterruptibly(PATIENCE_MILLIS);
    loops
        .shutdownGracefully(0, PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(2 * PATIENCE_MILLIS);
  }
}
