package io.syslet.client;

import java.io.IOException;
import java.time.Duration;

/** A stream of bytes to a server and back. One thread sends, one receives; any may end. */
interface Connection extends AutoCloseable {
  /** Sends all of the bytes at {@code address}. */
  void send(long address, int length) throws IOException;

  /**
   * Waits for bytes.
   *
   * @return how many there are now at {@code address}, 1 to {@code capacity}; 0 at the end.
   */
  int receive(long address, int capacity) throws IOException;

  /** Bounds how long {@link #receive} waits, which then is an error; zero for any time. */
  void timeout(Duration most) throws IOException;

  /** Ends both directions; whoever waits in {@link #receive} comes back. */
  void end();

  /** Ends, and gives everything back. By the thread that receives, or when none does. */
  @Override
  void close();
}
