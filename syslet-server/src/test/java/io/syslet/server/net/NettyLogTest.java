package io.syslet.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.uring.IoUringIoHandler;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** What Netty says is logged, but for what peers can make it say as often as they like. */
class NettyLogTest {
  private static final String NAME = IoUringIoHandler.class.getName();

  /** Keeps what is logged. */
  private static final class Kept extends Handler {
    final List<String> messages = new ArrayList<>();

    @Override
    public void publish(LogRecord record) {
      messages.add(record.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void onlyOverflowsAreNotLogged() throws Exception {
    MethodHandles.lookup().ensureInitialized(Front.class);
    Logger logger = Logger.getLogger(NAME);
    Kept kept = new Kept();
    logger.addHandler(kept);
    try {
      InternalLogger netty = InternalLoggerFactory.getInstance(NAME);
      netty.warn("CompletionQueue overflow detected, consider increasing size: {}", 8);
      netty.warn("Unexpected exception in the IO event loop.", new IllegalStateException());
    } finally {
      logger.removeHandler(kept);
    }
    assertThat(kept.messages).containsExactly("Unexpected exception in the IO event loop.");
  }
}
