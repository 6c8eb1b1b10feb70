package io.syslet.client;

import io.syslet.client.wire.CallEncoder;
import io.syslet.client.wire.FrameType;
import io.syslet.client.wire.FrameWriter;
import io.syslet.client.wire.Wire;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The batches that have no answer, in the order in which they were sent, which is that of their
 * answers; and the sending itself. Tasks send, the keeper sends, the pump sends again what another
 * connection has to carry; under one lock, which is also held over a send that waits for the
 * server. No longer than until that has read what is in the {@link SendWindow}, which it does
 * whatever else it waits for; and the pump does not take the lock to find whose an answer is, so
 * the server's answers are taken meanwhile.
 */
final class Outstanding {
  private static final int CONTROL = Wire.HEADER_LENGTH + 16;

  private final Waiting waiting = new Waiting();
  private final SendWindow window = new SendWindow();
  private final ArrayDeque<RemoteTask> lost = new ArrayDeque<>();
  private final Arena arena = Arena.ofAuto();
  private final FrameWriter out = new FrameWriter();
  private final long control = arena.allocate(CONTROL, Long.BYTES).address();
  private @Nullable TlsConnection connection;
  private long batches;
  private long sent;
  private boolean over;

  /**
   * Sends a batch, once there is room for it among those that are not answered; while there is no
   * connection, it waits for the next.
   *
   * @return false if there is none and will be none.
   */
  boolean send(RemoteTask task, TaskFrame frame, int count, Replies replies) {
    frame.taken = window.enter(frame.length());
    return sendNow(task, frame, count, replies);
  }

  private synchronized boolean sendNow(
      RemoteTask task, TaskFrame frame, int count, Replies replies) {
    if (over) {
      return false;
    }
    frame.batch = ++batches;
    frame.count = count;
    waiting.add(task);
    CallEncoder.stamp(frame.address(), frame.batch, replies.answered());
    send(frame);
    return true;
  }

  private static TaskFrame frame(RemoteTask task) {
    return (TaskFrame) java.util.Objects.requireNonNull(task.memory().attachment);
  }

  private void send(TaskFrame frame) {
    send(frame.address(), frame.length());
  }

  private void send(long address, int length) {
    TlsConnection to = connection;
    if (to == null) {
      return;
    }
    try {
      to.send(address, length);
      sent++;
    } catch (IOException e) {
      connection = null;
      to.end();
    }
  }

  /** The keeper's words. */
  synchronized void acknowledge(long consumed, long answered) {
    out.wrap(control, CONTROL).begin(FrameType.ACK).putLong(consumed).putLong(answered).end();
    send(control, (int) out.length());
  }

  synchronized void ping() {
    out.wrap(control, CONTROL).begin(FrameType.PING).putLong(sent).end();
    send(control, (int) out.length());
  }

  synchronized void goodbye() {
    out.wrap(control, CONTROL).begin(FrameType.GOODBYE).end();
    send(control, (int) out.length());
    connection = null;
  }

  /** The oldest batch without an answer; null if there is none. */
  @Nullable RemoteTask oldest() {
    return waiting.first();
  }

  /** Has who waits for the next answer read it itself: false if it must not. */
  boolean callOldest() {
    RemoteTask task = waiting.first();
    return task == null || task.answer().call();
  }

  /** Its answer has come. */
  void answered() {
    window.leave(frame(waiting.removeFirst()).taken);
  }

  synchronized long sent() {
    return sent;
  }

  /** The first connection; so many batches were sent by an earlier process. */
  synchronized void begin(TlsConnection to, long received) {
    connection = to;
    batches = received;
  }

  /** The connection broke: nothing is sent until there is another. */
  synchronized void disconnected() {
    TlsConnection broken = connection;
    connection = null;
    if (broken != null) {
      broken.end();
    }
  }

  /** The server is the same and has got the batches up to a number: sends the later ones again. */
  synchronized void resume(TlsConnection to, long received) {
    connection = to;
    for (RemoteTask task : waiting.all()) {
      if (frame(task).batch > received) {
        send(frame(task));
      }
    }
  }

  /** The server is another one: batches count anew, and those that it does not know are lost. */
  synchronized void restart(TlsConnection to, boolean allCompletionsAreHere) {
    loseAll();
    batches = 0;
    connection = to;
    if (allCompletionsAreHere) {
      giveUp();
    }
  }

  /** Tells whoever waits for a lost answer that it is. */
  synchronized void giveUp() {
    for (RemoteTask task : lost) {
      task.answer().bring(task.answerIsLost(frame(task).count));
    }
    lost.clear();
  }

  /** There will be no other connection. */
  synchronized void lost() {
    over = true;
    connection = null;
    loseAll();
    window.open();
    giveUp();
  }

  private void loseAll() {
    for (RemoteTask task : waiting.removeAll()) {
      window.leave(frame(task).taken);
      lost.addLast(task);
    }
  }

  /** The tasks that wait for an answer. Any thread; the lock is held for a moment only. */
  private static final class Waiting {
    private final ArrayDeque<RemoteTask> tasks = new ArrayDeque<>();

    synchronized void add(RemoteTask task) {
      tasks.addLast(task);
    }

    synchronized @Nullable RemoteTask first() {
      return tasks.peekFirst();
    }

    synchronized RemoteTask removeFirst() {
      return tasks.removeFirst();
    }

    synchronized List<RemoteTask> all() {
      return List.copyOf(tasks);
    }

    synchronized List<RemoteTask> removeAll() {
      List<RemoteTask> all = all();
      tasks.clear();
      return all;
    }
  }
}
