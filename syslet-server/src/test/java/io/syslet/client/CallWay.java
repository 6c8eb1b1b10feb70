package io.syslet.client;

import io.syslet.CallSlots;
import io.syslet.client.wire.Address;
import java.io.IOException;

/**
 * A connection of the killed program to its session: the protocol as {@code docs/protocol.md} tells
 * it, with nothing behind it that would survive the program but its {@link CallLog}.
 */
interface CallWay extends AutoCloseable {
  int MOST_CALLS = 4;
  int BLOCK = 64;
  int BLOCKS = 1024;
  int SLOTS = MOST_CALLS * CallSlots.LENGTH;

  /** Connects, and settles what became of the last batch. */
  static CallWay to(Address address, ClientOptions options, CallLog log) throws IOException {
    return switch (address) {
      case Address.Unix unix -> new SharedWay(unix, log);
      case Address.Tls tls -> new FramedWay(tls, options, log);
    };
  }

  /** Where {@link #MOST_CALLS} slots are, and behind them {@link #BLOCKS} blocks of memory. */
  long memory();

  /** Sends the slots of the batch that the log has just been told of, and tells it the answer. */
  void submit(int count) throws IOException;

  /** Tells the log what has completed; looks for it for a moment if there is nothing. */
  void drain() throws IOException;

  /** Says goodbye. */
  void goodbye() throws IOException;

  @Override
  void close();
}
