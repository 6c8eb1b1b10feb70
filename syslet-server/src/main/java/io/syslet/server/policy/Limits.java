package io.syslet.server.policy;

import java.time.Duration;

/**
 * What sessions may use. Immutable: each method returns a changed copy.
 *
 * @param sessions at once, connected or to be resumed; 4096 by default. More are −EMFILE.
 * @param inFlight calls of a session that have blocked; 256 by default. One more is −EAGAIN.
 * @param totalInFlight of all sessions; 1024 by default. Each holds a worker of the kernel.
 * @param descriptors of a session; 1024 by default. One more is −EMFILE.
 * @param totalDescriptors of all sessions; 65536 by default. One more is −ENFILE.
 * @param callsPerSecond of a session; 0, the default, for any number. What is beyond is −EAGAIN.
 * @param peerPercent of sessions, descriptors and calls in flight that one peer may have; 100 by
 *     default.
 * @param batch slots of a batch that are looked at; the rest is a short count. 256 by default.
 * @param resume how long a session waits for a client that went; 60 s by default.
 */
public record Limits(
    int sessions,
    int inFlight,
    int totalInFlight,
    int descriptors,
    int totalDescriptors,
    int callsPerSecond,
    int peerPercent,
    int batch,
    Duration resume) {
  /** Slots of a batch, at most. */
  public static final int MOST_SLOTS = 256;

  /**
   * Calls that are made though no more may be in flight, and then block: their batch waits for
   * them. More are −EAGAIN, of those that could block.
   */
  public static final int HELD = 64;

  /** The defaults. */
  public static Limits defaults() {
    return new Limits(4096, 256, 1024, 1024, 65536, 0, 100, MOST_SLOTS, Duration.ofSeconds(60));
  }

  /** Checks the ranges. */
  public Limits {
    if (sessions < 1 || inFlight < 1 || totalInFlight < 1 || descriptors < 1) {
      throw new IllegalArgumentException("limits must be at least 1");
    }
    if (totalDescriptors < 1 || callsPerSecond < 0 || resume.isNegative()) {
      throw new IllegalArgumentException("limits out of range");
    }
    if (peerPercent < 1 || peerPercent > 100) {
      throw new IllegalArgumentException("peerPercent: " + peerPercent);
    }
    if (batch < 1 || batch > MOST_SLOTS) {
      throw new IllegalArgumentException("batch: " + batch);
    }
  }

  /** Workers that the server's kernel must be allowed, so that no call waits for one. */
  public int workers() {
    return totalInFlight + HELD + 64;
  }

  /** With another number of sessions. */
  public Limits sessions(int n) {
    return new Limits(
        n,
        inFlight,
        totalInFlight,
        descriptors,
        totalDescriptors,
        callsPerSecond,
        peerPercent,
        batch,
        resume);
  }

  /** With another number of calls in flight, of a session and of all. */
  public Limits inFlight(int n, int total) {
    return new Limits(
        sessions,
        n,
        total,
        descriptors,
        totalDescriptors,
        callsPerSecond,
        peerPercent,
        batch,
        resume);
  }

  /** With another number of descriptors, of a session and of all. */
  public Limits descriptors(int n, int total) {
    return new Limits(
        sessions, inFlight, totalInFlight, n, total, callsPerSecond, peerPercent, batch, resume);
  }

  /** With another rate of calls. */
  public Limits callsPerSecond(int n) {
    return new Limits(
        sessions,
        inFlight,
        totalInFlight,
        descriptors,
        totalDescriptors,
        n,
        peerPercent,
        batch,
        resume);
  }

  /** With another share of one peer. */
  public Limits peerPercent(int percent) {
    return new Limits(
        sessions,
        inFlight,
        totalInFlight,
        descriptors,
        totalDescriptors,
        callsPerSecond,
        percent,
        batch,
        resume);
  }

  /** With another time to resume. */
  public Limits resume(Duration time) {
    return new Limits(
        sessions,
        inFlight,
        totalInFlight,
        descriptors,
        totalDescriptors,
        callsPerSecond,
        peerPercent,
        batch,
        time);
  }
}
