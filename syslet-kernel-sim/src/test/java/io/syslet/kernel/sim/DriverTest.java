package io.syslet.kernel.sim;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syslet.kernel.TaskEnd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who waits outside of the machine, and for what. */
class DriverTest {
  private final SimKernel kernel = SimKernel.boot(SimOptions.defaults());
  private final SimSystem system = kernel.system;

  @AfterEach
  void close() {
    kernel.close();
  }

  @Test
  void whatTheLastEventBringsAboutIsNoDeadlock() {
    TaskEnd end = new TaskEnd();
    system.driver.run(() -> system.machine.at(system.machine.now(), end::come));
    assertThatCode(() -> system.driver.drive(end)).doesNotThrowAnyException();
  }

  @Test
  void whatNothingBringsAboutIsOne() {
    assertThatThrownBy(() -> system.driver.drive(new TaskEnd()))
        .isInstanceOf(DeadlockException.class)
        .hasMessageContaining("no task");
  }
}
