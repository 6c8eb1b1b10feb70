package io.syslet.server.session;

import io.syslet.Errno;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A log in memory, with as much room as it is given. */
final class MemoryLog implements SessionLog {
  final List<String> records = new CopyOnWriteArrayList<>();
  volatile boolean isFull;
  volatile boolean isBroken;

  private int write(String record) {
    if (isBroken) {
      return -Errno.EIO;
    }
    records.add(record);
    return 0;
  }

  @Override
  public int opened(long session, TokenHash token, Peer peer) {
    return isFull ? -Errno.ENOSPC : write("opened " + session);
  }

  @Override
  public int began(long session, long call, long callerData, long nr) {
    return isFull ? -Errno.ENOSPC : write("began " + callerData + " nr " + nr);
  }

  @Override
  public int completed(long session, long call, long status) {
    return write("completed " + status);
  }

  @Override
  public int endedInline(long session, long call, long status) {
    return write("inline " + status);
  }

  @Override
  public int acknowledged(long session, long position) {
    return write("acknowledged " + position);
  }

  @Override
  public int closed(long session) {
    return write("closed " + session);
  }

  /** What was written behind the first {@code from} records. */
  List<String> since(int from) {
    return new ArrayList<>(records.subList(from, records.size()));
  }
}
