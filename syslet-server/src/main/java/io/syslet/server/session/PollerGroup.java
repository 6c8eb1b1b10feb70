package io.syslet.server.session;

import io.syslet.Kernel;
import io.syslet.linux.LinuxKernel;
import io.syslet.server.policy.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** The pollers of a server, among which its sessions are divided by their numbers. Any thread. */
final class PollerGroup {
  private static final long MORE_PATIENCE_NANOS = 1_000_000_000;

  private final SessionPoller[] pollers;
  private final SessionLog[] logs;

  /**
   * @param onEnd learns which sessions are over; called by their pollers.
   */
  PollerGroup(Kernel kernel, SessionOptions options, Consumer<Session> onEnd) {
    Limits limits = options.limits();
    pollers = new SessionPoller[options.pollers()];
    logs = new SessionLog[options.pollers()];
    int inFlight = Math.max(limits.totalInFlight() / pollers.length, 1);
    int held = Math.max(Limits.HELD / pollers.length, 1);
    for (int i = 0; i < pollers.length; i++) {
      logs[i] = options.log().apply(i);
      pollers[i] = new SessionPoller(kernel, options, logs[i], inFlight, held, onEnd);
    }
  }

  void start(LinuxKernel kernel) {
    for (SessionPoller poller : pollers) {
      kernel.start(poller);
    }
  }

  /** The poller of a session, by its number. */
  SessionPoller of(long session) {
    return pollers[(int) (session % pollers.length)];
  }

  /** The log of a session, by its number. */
  SessionLog log(long session) {
    return logs[(int) (session % logs.length)];
  }

  /** Whether one has ended, and serves its sessions no more. */
  boolean hasLost() {
    for (SessionPoller poller : pollers) {
      if (poller.hasEnded()) {
        return true;
      }
    }
    return false;
  }

  // ---- figures

  /** Calls that are in flight. */
  long inFlight() {
    long sum = 0;
    for (SessionPoller poller : pollers) {
      sum += poller.service().inFlight();
    }
    return sum;
  }

  List<CallView> calls() {
    List<CallView> calls = new ArrayList<>();
    for (SessionPoller poller : pollers) {
      calls.addAll(poller.service().calls());
    }
    return calls;
  }

  /** The sum of their {@link HandOverTimes}. */
  HandOverTimes handOvers() {
    HandOverTimes sum = new HandOverTimes();
    for (SessionPoller poller : pollers) {
      sum.add(poller.service().handOvers());
    }
    return sum;
  }

  /** {@link Sessions#goRound}. */
  boolean goRound(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    for (SessionPoller poller : pollers) {
      if (!poller.tellAndWait(service -> {}, deadline - System.nanoTime())) {
        return false;
      }
    }
    return true;
  }

  // ---- the end

  /**
   * Makes no new call, waits for those in flight, and completes the rest with −ECANCELED.
   *
   * @throws InterruptedException if the waiting thread is interrupted.
   */
  void drain(Duration patience) throws InterruptedException {
    for (SessionPoller poller : pollers) {
      poller.service().drain();
    }
    long deadline = System.nanoTime() + patience.toNanos();
    while (inFlight() > 0 && System.nanoTime() < deadline) {
      LockSupport.parkNanos(1_000_000);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
    for (SessionPoller poller : pollers) {
      poller.tellAndWait(Service::cancelAll, MORE_PATIENCE_NANOS);
    }
  }

  /** Ends the pollers, without waiting for calls in flight: whether all have ended in time. */
  boolean stop() {
    for (SessionPoller poller : pollers) {
      poller.stop();
    }
    boolean interrupted = Thread.interrupted();
    boolean ended = true;
    for (SessionPoller poller : pollers) {
      try {
        ended &= poller.awaitEnd(MORE_PATIENCE_NANOS);
      } catch (InterruptedException e) {
        interrupted = true;
        ended = false;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return ended;
  }
}
