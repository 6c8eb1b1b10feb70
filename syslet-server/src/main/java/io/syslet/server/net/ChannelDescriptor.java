package io.syslet.server.net;

import io.netty.channel.Channel;
import io.netty.channel.nio.AbstractNioChannel;
import io.netty.channel.unix.UnixChannel;
import java.lang.reflect.Method;

/** The descriptors of Netty's channels. The channel's event loop. */
final class ChannelDescriptor {
  private ChannelDescriptor() {}

  /** The descriptor of a channel; −1 if it cannot be known. */
  static int of(Channel channel) {
    if (channel instanceof UnixChannel unix) {
      return unix.fd().intValue();
    }
    return channel instanceof AbstractNioChannel nio ? ofNio(nio) : -1;
  }

  /** Netty and the JDK keep it to themselves. */
  private static int ofNio(AbstractNioChannel channel) {
    try {
      Method inner = AbstractNioChannel.class.getDeclaredMethod("javaChannel");
      inner.setAccessible(true);
      Method number = Class.forName("sun.nio.ch.SelChImpl").getMethod("getFDVal");
      return (int) number.invoke(inner.invoke(channel));
    } catch (ReflectiveOperationException | RuntimeException e) {
      return -1;
    }
  }
}
