package io.syslet.kernel;

import io.syslet.Errno;
import io.syslet.Frame;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The user functions that calls may name as their frame, and the stacks in use. A stack belongs to
 * one call in flight, from its start until its function has returned. Any thread may call.
 */
public final class Frames {
  private final List<Frame> functions = new CopyOnWriteArrayList<>();
  private final Set<Long> stacks = ConcurrentHashMap.newKeySet();

  /** Names a function: its handle, 1 or more, is the {@code ip} of a frame. */
  public synchronized long add(Frame function) {
    functions.add(function);
    return functions.size();
  }

  /** Takes the stack for one call: 0, or −EINVAL for a frame that is invalid or in use. */
  int take(long ip, long sp) {
    boolean valid = ip > 0 && ip <= functions.size() && sp != 0;
    return valid && stacks.add(sp) ? 0 : -Errno.EINVAL;
  }

  /** How many stacks belong to calls at present. */
  public int inUse() {
    return stacks.size();
  }

  /** Gives the stack back: the call did not block, or its function has returned or cannot run. */
  public void give(long sp) {
    stacks.remove(sp);
  }

  /** Enters the function on the current thread, and gives the stack back afterwards. */
  public void enter(long ip, long sp) {
    try {
      functions.get((int) ip - 1).enter(sp);
    } finally {
      give(sp);
    }
  }
}
