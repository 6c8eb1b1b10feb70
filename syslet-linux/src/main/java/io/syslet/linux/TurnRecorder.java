package io.syslet.linux;

import io.syslet.linux.events.SleptEvent;
import io.syslet.linux.events.TurnEvent;
import org.jspecify.annotations.Nullable;

/** Records what runs on a carrier, while somebody wants it. For the carrier's own thread. */
final class TurnRecorder {
  private final TurnEvent event = new TurnEvent();
  private boolean isOpen;

  private TurnRecorder() {}

  /** A turn begins. */
  static TurnRecorder begin(@Nullable TurnRecorder used) {
    TurnRecorder turn = used == null ? new TurnRecorder() : used;
    turn.event.begin();
    turn.isOpen = true;
    return turn;
  }

  /** A turn has ended: with what ran, and whether that has gone on elsewhere. */
  void end(Runnable last, boolean handedOver) {
    if (isOpen && event.isEnabled()) {
      event.end();
      event.task = last instanceof LinuxTask task ? task.id() : 0;
      event.name = name(last);
      event.handedOver = handedOver;
      event.commit();
    }
    isOpen = false;
  }

  /** The carrier has slept outside of a call, under what ran last, and lost its processor. */
  static void slept(Runnable last, long nanos) {
    SleptEvent event = new SleptEvent();
    if (event.isEnabled()) {
      event.name = name(last);
      event.slept = nanos;
      event.commit();
    }
  }

  private static @Nullable String name(Runnable last) {
    if (last instanceof LinuxTask task) {
      return task.thread().getName();
    }
    Thread thread = MountedThread.of(last);
    if (thread == null) {
      return null;
    }
    return thread.getName().isEmpty() ? "#" + thread.threadId() : thread.getName();
  }
}
