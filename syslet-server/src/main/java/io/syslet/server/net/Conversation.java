package io.syslet.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.syslet.Errno;
import io.syslet.client.wire.FrameReader;
import io.syslet.client.wire.FrameType;
import io.syslet.client.wire.Hello;
import io.syslet.client.wire.MalformedFrameException;
import io.syslet.client.wire.Welcome;
import io.syslet.client.wire.Wire;
import io.syslet.server.guard.Lobby;
import io.syslet.server.guard.Quota;
import io.syslet.server.local.LocalPort;
import io.syslet.server.session.Opened;
import io.syslet.server.session.Peer;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One connection, from its HELLO on. What is wrong with it is said once, to the client and to the
 * log; then it is closed, and its session goes on without it, or ends if that was the reason.
 *
 * <p>The channel's event loop.
 */
final class Conversation extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = System.getLogger(Conversation.class.getName());
  private static final Duration LAST_WORD = Duration.ofSeconds(1);

  private final Entrance entrance;
  private final Peer peer;
  private final FrameReader reader = new FrameReader();
  private final ControlFrames frames = new ControlFrames();
  private final Channel channel;
  private final Lobby<Channel> lobby;
  private final Outlet outlet;
  private final Silence silence;
  private Quota.@Nullable Share place;
  private @Nullable Opened opened;
  private boolean over;
  private boolean owesPong;
  private long lastPing;

  /**
   * @param lobby where the channel waits until it has said HELLO.
   */
  Conversation(Entrance entrance, Peer peer, Channel channel, Lobby<Channel> lobby) {
    this.entrance = entrance;
    this.peer = peer;
    this.channel = channel;
    this.lobby = lobby;
    this.outlet = new ChannelOutlet(channel, this::malformedHere);
    this.silence = new Silence(channel.eventLoop());
  }

  // ---- time

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    Duration time = entrance.options().handshake();
    silence.limit(time, () -> refuse(Errno.ETIMEDOUT, "no HELLO in time"));
  }

  private void watch() {
    Duration time = entrance.options().readTimeout();
    silence.watch(
        time, () -> refuse(Errno.ETIMEDOUT, "nothing heard for " + time.toMillis() + " ms"));
  }

  // ---- frames

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf frame = (ByteBuf) message;
    silence.broken();
    try {
      if (!over) {
        read(frame, reader.wrap(frame.memoryAddress()));
      }
    } catch (MalformedFrameException e) {
      malformedHere(String.valueOf(e.getMessage()));
    } finally {
      frame.release();
    }
  }

  private void read(ByteBuf frame, FrameReader in) throws MalformedFrameException {
    Opened known = opened;
    if (known == null) {
      if (in.type() != FrameType.HELLO) {
        throw new MalformedFrameException("a " + in.type() + " frame before HELLO");
      }
      hello(Hello.read(in));
    } else if (known.openPort() instanceof RemotePort remote) {
      remote(known, remote, frame, in);
    } else {
      local(known, in);
    }
  }

  private void local(Opened known, FrameReader in) throws MalformedFrameException {
    switch (in.type()) {
      case BELL -> entrance.sessions().bell(known.openSession());
      case PING -> pong(in.readLong());
      case PONG -> {}
      case GOODBYE -> goodbye(known);
      default -> throw new MalformedFrameException("a " + in.type() + " frame of a local client");
    }
  }

  private void remote(Opened known, RemotePort port, ByteBuf frame, FrameReader in)
      throws MalformedFrameException {
    Inbox inbox = port.inbox();
    switch (in.type()) {
      case SUBMIT -> {
        long number = in.readLong();
        inbox.acknowledge(0, in.readLong());
        if (!inbox.offer(frame.retain(), number, outlet)) {
          throw new MalformedFrameException("batch " + number + ", which is not the next");
        }
        ring(known, inbox);
      }
      case ACK -> {
        inbox.acknowledge(in.readLong(), in.readLong());
        ring(known, inbox);
      }
      case PING -> pong(in.readLong());
      case PONG -> {}
      case GOODBYE -> goodbye(known);
      default -> throw new MalformedFrameException("a " + in.type() + " frame of a remote client");
    }
  }

  private void ring(Opened known, Inbox inbox) {
    if (inbox.takeAsleep()) {
      entrance.sessions().bell(known.openSession());
    }
  }

  private void goodbye(Opened known) {
    over = true;
    entrance.sessions().end(known.openSession());
    close();
  }

  /** Who does not read gets one answer to all that he asks meanwhile, to the last one. */
  private void pong(long cookie) {
    lastPing = cookie;
    owesPong = !channel.isWritable();
    if (!owesPong) {
      send(frames.pong(cookie));
    }
  }

  // ---- HELLO

  private void hello(Hello hello) {
    silence.end();
    lobby.leave(channel);
    Quota.Share wanted = entrance.connections().of(peer.identity());
    if (!wanted.take(1)) {
      refuse(Errno.EMFILE, "too many connections");
      return;
    }
    place = wanted;
    if (hello.kind() == Wire.KIND_LOCAL && !peer.kind().equals("unix")) {
      refuse(Errno.EINVAL, "memory is shared with clients on this host only");
      return;
    }
    Opened now =
        entrance.enter(peer, hello, () -> outlet.malformed("the submission queue is spoilt"));
    if (!now.isOpen()) {
      refuse(-now.error(), ControlFrames.reason(-now.error()));
      return;
    }
    opened = now.withoutToken();
    welcome(now, hello);
  }

  private void welcome(Opened now, Hello hello) {
    if (now.openPort() instanceof RemotePort remote) {
      long answered = entrance.knows(hello) ? hello.answered() : 0;
      remote.inbox().hello(outlet, hello.consumed(), answered);
    }
    Welcome welcome = entrance.welcome(now, hello);
    ByteBuf frame = frames.welcome(welcome);
    if (now.openPort() instanceof LocalPort local && welcome.hasFiles()) {
      if (!sendFiles(local, frame)) {
        return;
      }
    }
    send(frame);
    if (now.openPort() instanceof RemotePort remote) {
      remote.connect(outlet);
      entrance.sessions().bell(now.openSession());
      watch();
    }
  }

  /** The descriptors go with the first bytes, past Netty, which has nothing to write before. */
  private boolean sendFiles(LocalPort port, ByteBuf frame) {
    int sent =
        port.sendFiles(ChannelDescriptor.of(channel), frame.memoryAddress(), frame.readableBytes());
    if (sent < 0) {
      frame.release();
      end(Level.WARNING, "its memory cannot be sent: " + Errno.name(-sent));
      return false;
    }
    frame.skipBytes(sent);
    return true;
  }

  // ---- the end

  /** Says why not, and closes; soon also if the client does not read that. */
  void refuse(int errno, String why) {
    if (over) {
      return;
    }
    over = true;
    complain(Level.WARNING, why);
    silence.end();
    silence.limit(LAST_WORD, this::close);
    channel.writeAndFlush(frames.refused(errno, why)).addListener(ChannelFutureListener.CLOSE);
  }

  private void malformedHere(String why) {
    Opened known = opened;
    refuse(Errno.EPROTO, why);
    if (known != null) {
      entrance.sessions().end(known.openSession());
    }
  }

  private void end(Level level, String why) {
    if (!over) {
      over = true;
      complain(level, why);
    }
    close();
  }

  private void complain(Level level, String why) {
    entrance.complaints().log(LOG, level, peer.identity(), "{0}: {1}", peer, why);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable e) {
    if (e instanceof DecoderException && e.getCause() instanceof MalformedFrameException why) {
      malformedHere(String.valueOf(why.getMessage()));
    } else if (e instanceof IOException) {
      end(Level.DEBUG, String.valueOf(e.getMessage()));
    } else {
      end(Level.WARNING, String.valueOf(e));
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    over = true;
    lobby.leave(channel);
    if (place != null) {
      place.give(1);
      place = null;
    }
    silence.end();
    if (opened != null) {
      entrance.sessions().gone(opened);
    }
    context.fireChannelInactive();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (opened != null && channel.isWritable()) {
      if (owesPong) {
        pong(lastPing);
      }
      entrance.sessions().bell(opened.openSession());
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the channel
  private void send(ByteBuf frame) {
    channel.writeAndFlush(frame);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // nothing is left to do
  private void close() {
    channel.close();
  }
}
