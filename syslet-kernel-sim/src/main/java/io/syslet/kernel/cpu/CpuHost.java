package io.syslet.kernel.cpu;

/**
 * What a kernel in user space asks of whatever it runs in. One host is used at a time: {@link
 * RealHost}, and {@link SeededHost} where each run must be like the one before.
 */
public interface CpuHost {
  /** Who calls: the same object each time for one thread, another for each other. */
  Object self();

  /** A semaphore that so many can pass at first. */
  Semaphore semaphore(int count);

  /** Starts a thread. */
  HostThread start(String name, Runnable body);

  /** Nanoseconds since some moment; never goes back. */
  long now();

  /** Runs an action once, in a thread of the host's, when so many nanoseconds have passed. */
  void after(long ns, Runnable action);

  /** Counts, and makes threads wait while the count is 0. */
  interface Semaphore {
    /** Counts up; one thread that waits may go on. */
    void up();

    /** Waits until the count is not 0, and counts down. */
    void down();
  }

  /** A thread that was started. */
  interface HostThread {
    /** Waits for its end. */
    void join();
  }
}
