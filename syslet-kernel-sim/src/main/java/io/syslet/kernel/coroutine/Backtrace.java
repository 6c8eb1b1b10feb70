package io.syslet.kernel.coroutine;

import java.util.Arrays;

/** The frames of a coroutine without those that switch stacks. */
final class Backtrace {
  private static final String OURS = Coroutine.class.getPackageName() + ".";

  private Backtrace() {}

  static StackTraceElement[] of(Coroutine coroutine, Stack stack) {
    StackTraceElement[] frames =
        Coroutine.self() == coroutine ? new Throwable().getStackTrace() : stack.trace();
    int end = 0;
    while (end < frames.length && !isBody(frames[end])) {
      end++;
    }
    int start = 0;
    while (start < end && isSwitching(frames[start])) {
      start++;
    }
    return Arrays.copyOfRange(frames, start, end);
  }

  /** Puts a line {@code coroutine.NAME} below the frames of the coroutine that has thrown. */
  static void name(Throwable thrown, Coroutine coroutine) {
    StackTraceElement[] frames = thrown.getStackTrace();
    for (int i = 0; i < frames.length; i++) {
      if (isBody(frames[i])) {
        StackTraceElement[] named = new StackTraceElement[frames.length + 1];
        System.arraycopy(frames, 0, named, 0, i);
        named[i] = new StackTraceElement("coroutine", coroutine.name(), null, -1);
        System.arraycopy(frames, i, named, i + 1, frames.length - i);
        thrown.setStackTrace(named);
        return;
      }
    }
  }

  private static boolean isBody(StackTraceElement frame) {
    return frame.getClassName().equals(Coroutine.class.getName())
        && frame.getMethodName().equals("body");
  }

  private static boolean isSwitching(StackTraceElement frame) {
    String name = frame.getClassName();
    return name.startsWith("java.")
        || name.startsWith("jdk.")
        || name.equals(Coroutine.class.getName())
        || name.equals(Backtrace.class.getName())
        || name.startsWith(OURS + "ContinuationSwitch")
        || name.startsWith(OURS + "ThreadSwitch");
  }
}
