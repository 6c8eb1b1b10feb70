package io.syslet.bench.service;

import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.syslet.server.net.Transport;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;

/** Netty's sockets of the transport that the server takes by itself. */
record Sockets(
    IoHandlerFactory handlers,
    Class<? extends ServerChannel> tcpServer,
    Class<? extends ServerChannel> unixServer,
    Class<? extends Channel> tcp,
    Class<? extends Channel> unix) {
  static Sockets best() {
    return switch (Transport.best()) {
      case EPOLL ->
          new Sockets(
              EpollIoHandler.newFactory(),
              EpollServerSocketChannel.class,
              EpollServerDomainSocketChannel.class,
              EpollSocketChannel.class,
              EpollDomainSocketChannel.class);
      case NIO ->
          new Sockets(
              NioIoHandler.newFactory(),
              NioServerSocketChannel.class,
              NioServerDomainSocketChannel.class,
              NioSocketChannel.class,
              NioDomainSocketChannel.class);
    };
  }

  static SocketAddress address(Path path) {
    return Transport.best() == Transport.NIO
        ? UnixDomainSocketAddress.of(path)
        : new DomainSocketAddress(path.toString());
  }
}
