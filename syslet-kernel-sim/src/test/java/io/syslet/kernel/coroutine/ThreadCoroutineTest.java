package io.syslet.kernel.coroutine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Coroutines on threads. */
class ThreadCoroutineTest extends CoroutineContract {
  ThreadCoroutineTest() {
    super(StackSwitch.threads());
  }

  @Test
  void theThreadIsNamedAfterItsCoroutine() {
    AtomicReference<String> name = new AtomicReference<>();
    create("driver", argument -> name.set(Thread.currentThread().getName())).enter();
    assertThat(name.get()).isEqualTo("coroutine 'driver'");
  }

  @Test
  void theThreadOfAFinishedOneIsUsedAgain() {
    AtomicReference<Thread> first = new AtomicReference<>();
    AtomicReference<Thread> second = new AtomicReference<>();
    create("first", argument -> first.set(Thread.currentThread())).enter();
    create("second", argument -> second.set(Thread.currentThread())).enter();
    assertThat(second.get()).isSameAs(first.get());
  }

  @Test
  void aMonitorMayBeHeldAcrossAYield() {
    Object monitor = new Object();
    Coroutine coroutine =
        create(
            "holder",
            argument -> {
              synchronized (monitor) {
                Coroutine.yield();
                assertThat(Thread.holdsLock(monitor)).isTrue();
              }
            });
    coroutine.enter();
    coroutine.enter();
    assertThat(coroutine.isFinished()).isTrue();
  }

  @Test
  void anInterruptOfTheEntererWaitsUntilTheCoroutineHasYielded() {
    Coroutine coroutine = create("x", argument -> Coroutine.yield());
    Thread.currentThread().interrupt();
    coroutine.enter();
    assertThat(Thread.interrupted()).isTrue();
    coroutine.close();
  }
}
