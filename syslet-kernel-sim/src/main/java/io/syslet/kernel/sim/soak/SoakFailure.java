package io.syslet.kernel.sim.soak;

/** A check has failed. */
@SuppressWarnings("serial")
final class SoakFailure extends RuntimeException {
  SoakFailure(String message) {
    super(message, null, false, false);
  }
}
