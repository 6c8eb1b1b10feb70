package io.syslet.server.net;

import io.netty.buffer.ByteBuf;

/** The way to a client, as a port needs it. Any thread. */
interface Outlet {
  /** Whether more may be written without piling up. */
  boolean isWritable();

  /** Writes a frame, which is released; {@link #flush} sends it. */
  void write(ByteBuf frame);

  void flush();

  /** Reads no more, or reads on. */
  void mayRead(boolean on);

  /** The client does not keep to the protocol: ends the connection and the session. */
  void malformed(String why);
}
