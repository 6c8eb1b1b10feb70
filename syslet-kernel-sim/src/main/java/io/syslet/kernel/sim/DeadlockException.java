package io.syslet.kernel.sim;

/**
 * Nothing can run, nothing will happen, and somebody waits: the message says who waits for what.
 */
@SuppressWarnings("serial")
public final class DeadlockException extends IllegalStateException {
  DeadlockException(String message) {
    super(message);
  }
}
