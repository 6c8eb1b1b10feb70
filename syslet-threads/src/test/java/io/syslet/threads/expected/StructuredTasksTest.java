package io.syslet.threads.expected;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code StructuredTaskScope}, a preview of JDK 25, by reflection: its subtasks are virtual threads
 * that see the scoped values of their owner.
 */
@ParameterizedClass
@EnumSource
class StructuredTasksTest {
  private static final ScopedValue<Integer> BASE = ScopedValue.newInstance();

  @Parameter ThreadKind kind = ThreadKind.JDK;

  /** Opens a scope, forks both, joins, and adds what they return. */
  private static int sum(Callable<Integer> one, Callable<Integer> other) throws Exception {
    Class<?> type = Class.forName("java.util.concurrent.StructuredTaskScope");
    Method fork = type.getMethod("fork", Callable.class);
    Method get = Class.forName(type.getName() + "$Subtask").getMethod("get");
    try (AutoCloseable scope = (AutoCloseable) type.getMethod("open").invoke(null)) {
      Object first = fork.invoke(scope, one);
      Object second = fork.invoke(scope, other);
      type.getMethod("join").invoke(scope);
      return (int) get.invoke(first) + (int) get.invoke(second);
    }
  }

  private static int afterASleep(int plus) throws InterruptedException {
    Thread.sleep(1);
    return BASE.get() + plus;
  }

  @Test
  void subtasksSeeScopedValues() throws Exception {
    assertThat(
            kind.<Integer>call(
                () ->
                    ScopedValue.where(BASE, 20)
                        .call(() -> sum(() -> afterASleep(1), () -> afterASleep(1)))))
        .isEqualTo(42);
  }

  @Test
  void aFailureEndsTheScope() {
    assertThatThrownBy(
            () ->
                kind.<Integer>call(
                    () ->
                        sum(
                            () -> {
                              Thread.sleep(1_000_000);
                              return 1;
                            },
                            () -> {
                              throw new IllegalStateException("on purpose");
                            })))
        .hasCauseInstanceOf(InvocationTargetException.class)
        .hasRootCauseMessage("on purpose");
  }
}
