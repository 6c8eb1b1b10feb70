package io.syslet.bench.wake;

/** Something that one thread sleeps on and another rings; rung once per sleep. */
public interface Bell {
  /** Sleeps until it was rung {@code times} times in all. The sleeper only. */
  void sleepUntil(int times);

  /** Rings it. The waker only. */
  void ring();
}
