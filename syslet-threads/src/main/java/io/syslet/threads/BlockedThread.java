package io.syslet.threads;

import io.syslet.linux.MountedThread;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One long sleep of a threadlet on its worker, from when it was seen until it was over. */
final class BlockedThread {
  private final Thread worker;
  private final Runnable continuation;
  private volatile long held = -1;
  private @Nullable BlockedEvent event;

  BlockedThread(Thread worker, Runnable continuation) {
    this.worker = worker;
    this.continuation = continuation;
  }

  /** The threadlet has left its worker, which it held for so long, nanoseconds. */
  void returned(long nanos) {
    held = nanos;
  }

  /** Begins the event, if anybody records it, with the stack if the threadlet still sleeps. */
  synchronized void begin() {
    try {
      beginEvent();
    } catch (LinkageError e) {
      // A runtime without the flight recorder: nobody does.
    }
  }

  private void beginEvent() {
    BlockedEvent begun = new BlockedEvent();
    if (begun.isEnabled()) {
      begun.begin();
      begun.worker = worker;
      Thread threadlet = MountedThread.of(continuation);
      if (threadlet != null) {
        begun.threadlet = threadlet.getName();
        begun.threadletId = threadlet.threadId();
        begun.frames = held < 0 ? frames(threadlet) : null;
      }
      event = begun;
    }
  }

  /** Commits the event. */
  synchronized void end() {
    BlockedEvent begun = event;
    if (begun != null) {
      begun.held = held;
      begun.commit();
    }
  }

  private static String frames(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .map(StackTraceElement::toString)
        .collect(Collectors.joining("\n"));
  }
}
