package io.syslet.threads;

import io.syslet.linux.SchedulerOptions;
import org.jspecify.annotations.Nullable;

/**
 * What stands after {@code =}: options and {@code name=value} pairs, separated by commas.
 *
 * @param off whether the program is to keep the JDK's virtual threads.
 * @param jmx whether to register the MXBean.
 * @param scheduler how the scheduler is made.
 */
record AgentOptions(boolean off, boolean jmx, SchedulerOptions scheduler) {
  /**
   * Understands them.
   *
   * @throws IllegalArgumentException if it does not.
   */
  static AgentOptions parse(@Nullable String text) {
    AgentOptions options = new AgentOptions(false, true, ThreadletScheduler.defaults());
    for (String option : text == null || text.isEmpty() ? new String[0] : text.split(",")) {
      options = options.with(option.strip());
    }
    return options;
  }

  private AgentOptions with(String option) {
    int equals = option.indexOf('=');
    String value = option.substring(equals + 1);
    return switch (equals < 0 ? option : option.substring(0, equals)) {
      case "off" -> new AgentOptions(true, jmx, scheduler);
      case "jmx" -> new AgentOptions(off, isOn(option, value), scheduler);
      case "name" -> with(scheduler.name(value));
      case "processors" -> with(scheduler.processors(number(option, value, 1)));
      case "blocked" -> with(scheduler.maxBlocked(number(option, value, 1)));
      case "stack" -> with(scheduler.stackSize(size(option, value)));
      default -> throw new IllegalArgumentException("no such option: " + option);
    };
  }

  private AgentOptions with(SchedulerOptions other) {
    return new AgentOptions(off, jmx, other);
  }

  private static boolean isOn(String option, String value) {
    if (!value.equals("on") && !value.equals("off")) {
      throw new IllegalArgumentException("neither on nor off: " + option);
    }
    return value.equals("on");
  }

  /** Bytes, as the JVM's own options have them: 512k, 1m. */
  private static int size(String option, String value) {
    String digits = value.isEmpty() ? "" : value.substring(0, value.length() - 1);
    return switch (value.isEmpty() ? ' ' : value.charAt(value.length() - 1)) {
      case 'k', 'K' -> number(option, digits, 1 << 10);
      case 'm', 'M' -> number(option, digits, 1 << 20);
      default -> number(option, value, 1);
    };
  }

  private static int number(String option, String digits, int unit) {
    try {
      return Math.multiplyExact(Integer.parseInt(digits), unit);
    } catch (NumberFormatException | ArithmeticException e) {
      throw new IllegalArgumentException("no number: " + option, e);
    }
  }
}
