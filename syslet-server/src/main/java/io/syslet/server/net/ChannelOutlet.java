package io.syslet.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.function.Consumer;

/** The way to a client over a channel. Any thread. */
final class ChannelOutlet implements Outlet {
  private final Channel channel;
  private final Consumer<String> onMalformed;

  /**
   * @param onMalformed learns what is wrong with the client, on the channel's event loop.
   */
  ChannelOutlet(Channel channel, Consumer<String> onMalformed) {
    this.channel = channel;
    this.onMalformed = onMalformed;
  }

  @Override
  public boolean isWritable() {
    return channel.isWritable();
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the channel
  public void write(ByteBuf frame) {
    channel.write(frame);
  }

  @Override
  public void flush() {
    channel.flush();
  }

  @Override
  public void mayRead(boolean on) {
    channel.config().setAutoRead(on);
  }

  @Override
  public void malformed(String why) {
    channel.eventLoop().execute(() -> onMalformed.accept(why));
  }
}
