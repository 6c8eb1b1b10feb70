package io.syslet.server.net;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Watches how long a client says nothing. The channel's event loop. */
final class Silence {
  private final EventLoop loop;
  private @Nullable ScheduledFuture<?> deadline;
  private long heardAt = System.nanoTime();

  Silence(EventLoop loop) {
    this.loop = loop;
  }

  /** The client has said something. */
  void broken() {
    heardAt = System.nanoTime();
  }

  /** Runs an action when the time has passed, unless something is heard in between. */
  void watch(Duration time, Runnable action) {
    long left = time.toNanos() - (System.nanoTime() - heardAt);
    if (left <= 0) {
      action.run();
    } else {
      deadline = loop.schedule(() -> watch(time, action), left, TimeUnit.NANOSECONDS);
    }
  }

  /** Runs an action when the time has passed, whatever is heard. */
  void limit(Duration time, Runnable action) {
    deadline = loop.schedule(action, time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Watches no more. */
  void end() {
    if (deadline != null) {
      deadline.cancel(false);
      deadline = null;
    }
  }
}
