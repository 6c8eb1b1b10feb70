package io.syslet.kernel.coroutine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** How coroutines end, by what they throw and when they are closed, and where they say they are. */
abstract class CoroutineEndContract extends OnStacks {
  CoroutineEndContract(StackSwitch stacks) {
    super(stacks);
  }

  @Test
  void whatTheEntryThrowsReachesTheEntererAndFinishesTheCoroutine() {
    Exception thrown = new Exception("checked, even");
    Coroutine thrower =
        create(
            "thrower",
            argument -> {
              Coroutine.yield();
              sneak(thrown);
            });
    thrower.enter();
    Coroutine enterer =
        create("enterer", argument -> assertThatThrownBy(thrower::enter).isSameAs(thrown));
    enterer.enter();
    assertThat(thrower.isFinished()).isTrue();
    assertThat(enterer.isFinished()).isTrue();
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @Test
  void theStackTraceOfWhatIsThrownNamesTheCoroutine() {
    Coroutine driver =
        create(
            "driver",
            argument -> {
              throw new IllegalArgumentException("as a test");
            });
    assertThatThrownBy(driver::enter)
        .satisfies(
            thrown ->
                assertThat(thrown.getStackTrace()[1])
                    .hasToString("coroutine.driver(Unknown Source)"));
  }

  @Test
  void closingUnwindsASuspendedOne() {
    Coroutine coroutine =
        create(
            "x",
            argument -> {
              try {
                Coroutine.yield();
                seen.add("never here");
              } finally {
                seen.add("finally");
              }
            });
    coroutine.enter();
    coroutine.close();
    assertThat(seen).containsExactly("finally");
    assertThat(coroutine.isFinished()).isTrue();
    coroutine.close();
  }

  @Test
  void aClosedOneCannotYieldAgain() {
    Coroutine coroutine =
        create(
            "stubborn",
            argument -> {
              try {
                Coroutine.yield();
              } finally {
                Coroutine.yield();
                seen.add("never here");
              }
            });
    coroutine.enter();
    coroutine.close();
    assertThat(seen).isEmpty();
    assertThat(coroutine.isFinished()).isTrue();
  }

  @Test
  void closingBeforeTheFirstEntryMeansItNeverRuns() {
    Coroutine coroutine = create("x", argument -> seen.add("ran"));
    coroutine.close();
    refused(coroutine::enter, "finished");
    assertThat(seen).isEmpty();
  }

  @Test
  void closingOneselfIsAnError() {
    Coroutine coroutine =
        create(
            "x",
            argument -> {
              refused(running()::close, "enters or closes itself");
              Coroutine.yield();
              seen.add("runs on");
            });
    coroutine.enter();
    coroutine.enter();
    assertThat(seen).containsExactly("runs on");
  }

  @Test
  void theBacktraceOfASuspendedOneNamesWhereItIs() {
    Coroutine coroutine = create("x", argument -> deep());
    assertThat(coroutine.backtrace()).isEmpty();
    coroutine.enter();
    assertThat(coroutine.backtrace()).isNotEmpty();
    assertThat(coroutine.backtrace()[0].getMethodName()).isEqualTo("deep");
    coroutine.close();
  }

  private static void deep() {
    Coroutine.yield();
  }

  @Test
  void theBacktraceOfTheRunningOneEndsAtItsEntry() {
    StackTraceElement[][] frames = new StackTraceElement[1][];
    create("x", argument -> frames[0] = running().backtrace()).enter();
    assertThat(frames[0]).hasSize(1);
  }
}
