package io.syslet.kernel.reactor;

/** What a reactor needs of the host. Any thread. */
public interface HostDoor {
  /** Makes a system call on the current thread: its value or −errno. */
  long call(long nr, long a0, long a1, long a2, long a3, long a4, long a5);

  /** Sends a signal to a thread that only interrupts the call that it sleeps in. */
  void interrupt(long threadId);
}
