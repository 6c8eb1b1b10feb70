package io.syslet.server.page;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.util.concurrent.ScheduledFuture;
import io.syslet.server.guard.Lobby;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Gives a connection so long to bring a whole request, however it comes, and again after each
 * answer; and one of a few places, of which the one that waited longest for its request is taken
 * for a new connection. The channel's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // of a close: nothing is left to do
final class WholeRequest
    extends CombinedChannelDuplexHandler<
        ChannelInboundHandlerAdapter, ChannelOutboundHandlerAdapter> {
  private static final int SECONDS = 10;

  /**
   * @param waiting the places.
   */
  WholeRequest(Lobby<Channel> waiting) {
    Deadline deadline = new Deadline(waiting);
    init(
        new ChannelInboundHandlerAdapter() {
          @Override
          public void channelActive(ChannelHandlerContext context) {
            deadline.begin(context.channel());
            context.fireChannelActive();
          }

          @Override
          public void channelInactive(ChannelHandlerContext context) {
            deadline.end(context.channel());
            context.fireChannelInactive();
          }
        },
        new ChannelOutboundHandlerAdapter() {
          @Override
          public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            deadline.begin(context.channel());
            context.write(message, promise);
          }
        });
  }

  /** By when. */
  private static final class Deadline {
    private final Lobby<Channel> waiting;
    private @Nullable ScheduledFuture<?> timer;

    Deadline(Lobby<Channel> waiting) {
      this.waiting = waiting;
    }

    void begin(Channel channel) {
      end(channel);
      waiting.enter(channel);
      Runnable late =
          () -> {
            channel.close();
          };
      timer = channel.eventLoop().schedule(late, SECONDS, TimeUnit.SECONDS);
    }

    void end(Channel channel) {
      waiting.leave(channel);
      if (timer != null) {
        timer.cancel(false);
        timer = null;
      }
    }
  }
}
