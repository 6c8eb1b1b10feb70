package io.syslet.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;

/** Memory of frames: direct, so that it has an address. */
final class RemoteFrames {
  private RemoteFrames() {}

  static ByteBuf buffer(long length) {
    return PooledByteBufAllocator.DEFAULT.directBuffer((int) length, (int) length);
  }
}
