package io.syslet.kernel.sim.ipc;

import io.syslet.Nr;
import io.syslet.kernel.sim.SimCalls;
import io.syslet.kernel.sim.SimInstaller;
import io.syslet.kernel.sim.SimMachine;
import io.syslet.kernel.sim.SimProcess;

/**
 * What programs wait for and tell each other by, a part of a machine: pipes and eventfds, poll,
 * epoll, futex and timerfd.
 */
public final class Ipc implements SimInstaller {
  /** For {@link java.util.ServiceLoader} too. */
  public Ipc() {}

  @Override
  public void install(SimMachine machine, SimProcess process, SimCalls calls) {
    new PipeCalls(machine).register(calls);
    poll(calls, new PollCalls(machine));
    epoll(calls, new EpollCalls(machine));
    timer(calls, new TimerCalls(machine));
    calls.put(Nr.FUTEX, new FutexCall(machine));
  }

  private static void poll(SimCalls calls, PollCalls poll) {
    calls.put(Nr.POLL, poll::poll);
    calls.put(Nr.PPOLL, poll::ppoll);
  }

  private static void epoll(SimCalls calls, EpollCalls epoll) {
    calls.put(Nr.EPOLL_CREATE, epoll::create);
    calls.put(Nr.EPOLL_CREATE1, epoll::create1);
    calls.put(Nr.EPOLL_CTL, epoll::ctl);
    calls.put(Nr.EPOLL_WAIT, epoll::pwait);
    calls.put(Nr.EPOLL_PWAIT, epoll::pwait);
    calls.put(Nr.EPOLL_PWAIT2, epoll::pwait2);
  }

  private static void timer(SimCalls calls, TimerCalls timer) {
    calls.put(Nr.TIMERFD_CREATE, timer::create);
    calls.put(Nr.TIMERFD_SETTIME, timer::settime);
    calls.put(Nr.TIMERFD_GETTIME, timer::gettime);
  }
}
