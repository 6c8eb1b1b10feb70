package io.syslet.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.util.concurrent.ScheduledFuture;
import io.syslet.Errno;
import io.syslet.client.wire.FrameReader;
import io.syslet.client.wire.FrameType;
import io.syslet.client.wire.FrameWriter;
import io.syslet.client.wire.Hello;
import io.syslet.client.wire.MalformedFrameException;
import io.syslet.client.wire.Refused;
import io.syslet.client.wire.Welcome;
import io.syslet.client.wire.Wire;
import io.syslet.server.guard.Complaints;
import io.syslet.server.guard.Lobby;
import io.syslet.server.guard.Quota;
import io.syslet.server.local.LocalPort;
import io.syslet.server.session.Opened;
import io.syslet.server.session.Peer;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection, from its HELLO on. What is wrong with it is said once, to the client and to the
 * log; then it is closed, and its session goes on without it, or ends if that was the reason.
 *
 * <p>The channel's event loop, but for {@link Outlet}'s methods.
 */
final class Conversation extends ChannelInboundHandlerAdapter implements Outlet {
  private static final Logger LOG = System.getLogger(Conversation.class.getName());

  private final Entrance entrance;
  private final Peer peer;
  private final FrameReader reader = new FrameReader();
  private final FrameWriter writer = new FrameWriter();
  private final Channel channel;
  private final Lobby<Channel> lobby;
  private Quota.@Nullable Share place;
  private @Nullable Opened opened;
  private @Nullable ScheduledFuture<?> deadline;
  private long heardAt = System.nanoTime();
  private boolean over;

  /**
   * @param lobby where the channel waits until it has said HELLO.
   */
  Conversation(Entrance entrance, Peer peer, Channel channel, Lobby<Channel> lobby) {
    this.entrance = entrance;
    this.peer = peer;
    this.channel = channel;
    this.lobby = lobby;
  }

  // ---- time

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    long nanos = entrance.options().handshake().toNanos();
    deadline = channel.eventLoop().schedule(this::late, nanos, TimeUnit.NANOSECONDS);
  }

  private void late() {
    if (opened == null) {
      refuse(Errno.ETIMEDOUT, "no HELLO in time");
    }
  }

  private void watch() {
    long left = entrance.options().readTimeout().toNanos() - (System.nanoTime() - heardAt);
    if (left <= 0) {
      refuse(Errno.ETIMEDOUT, "nothing heard for " + entrance.options().readTimeout());
    } else if (!over) {
      deadline = channel.eventLoop().schedule(this::watch, left, TimeUnit.NANOSECONDS);
    }
  }

  // ---- frames

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf frame = (ByteBuf) message;
    heardAt = System.nanoTime();
    try {
      if (!over) {
        read(frame, reader.wrap(frame.memoryAddress()));
      }
    } catch (MalformedFrameException e) {
      malformedHere(String.valueOf(e.getMessage()));
    } finally {
      var _ = frame.release();
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
        if (!inbox.offer(frame.retain(), number, this)) {
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
    var _ = channel.close();
  }

  private void pong(long cookie) {
    ByteBuf frame = begin(Wire.HEADER_LENGTH + Long.BYTES);
    writer.begin(FrameType.PONG).putLong(cookie).end();
    var _ = channel.writeAndFlush(end(frame));
  }

  // ---- HELLO

  private void hello(Hello hello) {
    if (deadline != null) {
      var _ = deadline.cancel(false);
    }
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
    Opened now = entrance.enter(peer, hello, () -> malformed("the submission queue is spoilt"));
    if (!now.isOpen()) {
      refuse(-now.error(), reason(-now.error()));
      return;
    }
    opened = now;
    welcome(now, hello);
  }

  private static String reason(int errno) {
    return switch (errno) {
      case Errno.EMFILE -> "too many sessions";
      case Errno.ESTALE -> "no session has that token";
      case Errno.EPERM -> "the session is another peer's";
      case Errno.ERANGE -> "the session has not that many completions";
      case Errno.ENOSPC -> "the journal is full";
      case Errno.ENOMEM -> "no memory for another session";
      case Errno.EIO -> "the journal cannot be written";
      case Errno.ESHUTDOWN -> "the server is stopping";
      default -> Errno.text(errno);
    };
  }

  private void welcome(Opened now, Hello hello) {
    if (now.openPort() instanceof RemotePort remote) {
      long answered = entrance.knows(hello) ? hello.answered() : 0;
      remote.inbox().hello(this, hello.consumed(), answered);
    }
    Welcome welcome = entrance.welcome(now, hello);
    ByteBuf frame = begin(Wire.HEADER_LENGTH + Welcome.LENGTH);
    welcome.write(writer);
    var _ = end(frame);
    if (now.openPort() instanceof LocalPort local && welcome.hasFiles()) {
      if (!sendFiles(local, frame)) {
        return;
      }
    }
    var _ = channel.writeAndFlush(frame);
    if (now.openPort() instanceof RemotePort remote) {
      remote.connect(this);
      entrance.sessions().bell(now.openSession());
      watch();
    }
  }

  /** The descriptors go with the first bytes, past Netty, which has nothing to write before. */
  private boolean sendFiles(LocalPort port, ByteBuf frame) {
    int sent =
        port.sendFiles(Descriptors.of(channel), frame.memoryAddress(), frame.readableBytes());
    if (sent < 0) {
      var _ = frame.release();
      end(Level.WARNING, "its memory cannot be sent: " + Errno.name(-sent));
      return false;
    }
    var _ = frame.skipBytes(sent);
    return true;
  }

  private ByteBuf begin(int length) {
    ByteBuf frame = RemoteFrames.buffer(length);
    var _ = writer.wrap(frame.memoryAddress(), length);
    return frame;
  }

  private ByteBuf end(ByteBuf frame) {
    return frame.writerIndex((int) writer.length());
  }

  // ---- the end

  /** Says why not, and closes. */
  void refuse(int errno, String why) {
    if (over) {
      return;
    }
    ByteBuf frame = begin(Wire.HEADER_LENGTH + Integer.BYTES + Refused.MAX_TEXT);
    new Refused(errno, why).write(writer);
    var _ = end(frame);
    over = true;
    complain(Level.WARNING, why);
    var _ = channel.writeAndFlush(frame).addListener(ChannelFutureListener.CLOSE);
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
    var _ = channel.close();
  }

  private void complain(Level level, String why) {
    Complaints.log(LOG, level, peer.identity(), "{0}: {1}", peer, why);
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
    if (deadline != null) {
      var _ = deadline.cancel(false);
    }
    if (opened != null) {
      entrance.sessions().gone(opened);
    }
    context.fireChannelInactive();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (opened != null && channel.isWritable()) {
      entrance.sessions().bell(opened.openSession());
    }
  }

  // ---- for the port

  @Override
  public boolean isWritable() {
    return channel.isWritable();
  }

  @Override
  public void write(ByteBuf frame) {
    var _ = channel.write(frame);
  }

  @Override
  public void flush() {
    var _ = channel.flush();
  }

  @Override
  public void mayRead(boolean on) {
    var _ = channel.config().setAutoRead(on);
  }

  @Override
  public void malformed(String why) {
    channel.eventLoop().execute(() -> malformedHere(why));
  }
}
