package io.syslet.linux;

import io.syslet.kernel.reactor.WaitRecorder;
import io.syslet.linux.events.Events;
import io.syslet.linux.events.WaitedEvent;
import org.jspecify.annotations.Nullable;

/** A call that waits without a thread, while somebody records what blocks. */
final class RecordedWait implements WaitRecorder.Wait {
  private final WaitedEvent event = new WaitedEvent();

  private RecordedWait(long task, MadeCall made) {
    event.task = task;
    event.call = made.name();
    event.path = made.path();
    event.begin();
  }

  /** {@link WaitRecorder#begins}. */
  static @Nullable RecordedWait begin(long task, long registers) {
    return Events.blocking() ? new RecordedWait(task, MadeCall.at(registers)) : null;
  }

  @Override
  public void ended(long callerData, long status) {
    event.callerData = callerData;
    event.status = status;
    event.commit();
  }
}
