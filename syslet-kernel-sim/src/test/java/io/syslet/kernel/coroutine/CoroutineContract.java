package io.syslet.kernel.coroutine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What coroutines do, whatever their stacks are. The first rows are QEMU's test-coroutine.c. */
abstract class CoroutineContract extends OnStacks {
  CoroutineContract(StackSwitch stacks) {
    super(stacks);
  }

  @RepeatedTest(2)
  void lifecycle() {
    Coroutine coroutine = create("once", argument -> seen.add("ran with " + argument));
    assertThat(seen).isEmpty();
    coroutine.enter(42);
    assertThat(seen).containsExactly("ran with 42");
    assertThat(coroutine.isFinished()).isTrue();
  }

  @Test
  void noDanglingAccess() {
    Coroutine inner = create("inner", argument -> seen.add("inner"));
    Coroutine outer =
        create(
            "outer",
            argument -> {
              inner.enter();
              seen.add("outer after inner had finished");
              Coroutine.yield();
              seen.add("outer");
            });
    outer.enter();
    assertThat(inner.backtrace()).isEmpty();
    create("on the stack of inner", argument -> seen.add("another")).enter();
    outer.enter();
    assertThat(seen).containsExactly("inner", "outer after inner had finished", "another", "outer");
  }

  @Test
  void yield5TimesIs5Reentries() {
    int[] yields = {0};
    Coroutine coroutine =
        create(
            "yielder",
            argument -> {
              for (int i = 0; i < 5; i++) {
                yields[0]++;
                Coroutine.yield();
              }
            });
    int entries = -1;
    for (; !coroutine.isFinished(); entries++) {
      coroutine.enter();
    }
    assertThat(entries).isEqualTo(5);
    assertThat(yields[0]).isEqualTo(5);
  }

  @Test
  void nesting128Deep() {
    int[] entersAndReturns = {0, 0};
    create("0", argument -> nest(1, 128, entersAndReturns)).enter();
    assertThat(entersAndReturns).containsExactly(128, 128);
  }

  private void nest(int depth, int max, int[] entersAndReturns) {
    entersAndReturns[0]++;
    if (depth < max) {
      create("" + depth, argument -> nest(depth + 1, max, entersAndReturns)).enter();
    }
    entersAndReturns[1]++;
  }

  @Test
  void self() {
    Coroutine[] inside = new Coroutine[1];
    Coroutine coroutine = create("me", argument -> inside[0] = Coroutine.self());
    coroutine.enter();
    assertThat(inside[0]).isSameAs(coroutine);
    assertThat(Coroutine.self()).isNull();
  }

  @Test
  void entered() {
    Coroutine[] parent = new Coroutine[1];
    Coroutine child = create("child", argument -> seen.add("seen from a child: " + isIn(parent)));
    parent[0] =
        create(
            "parent",
            argument -> {
              seen.add("inside: " + isIn(parent));
              child.enter();
              Coroutine.yield();
            });
    assertThat(parent[0].entered()).isFalse();
    parent[0].enter();
    assertThat(seen).containsExactly("inside: true", "seen from a child: true");
    assertThat(parent[0].entered()).isFalse();
    parent[0].enter();
    assertThat(parent[0].entered()).isFalse();
  }

  private static boolean isIn(Coroutine[] holder) {
    return holder[0].entered();
  }

  @Test
  void inCoroutine() {
    assertThat(Coroutine.inCoroutine()).isFalse();
    create("x", argument -> assertThat(Coroutine.inCoroutine()).isTrue()).enter();
    assertThat(Coroutine.inCoroutine()).isFalse();
  }

  @Test
  void order() {
    Coroutine coroutine =
        create(
            "second",
            argument -> {
              for (int i = 1; i <= 2; i++) {
                seen.add("2," + i);
                Coroutine.yield();
              }
            });
    for (int i = 1; i <= 3; i++) {
      seen.add("1," + i);
      coroutine.enter();
    }
    assertThat(seen).containsExactly("1,1", "2,1", "1,2", "2,2", "1,3");
    assertThat(coroutine.isFinished()).isTrue();
  }

  @Test
  void aYieldReturnsToWhoEnteredLast() {
    Coroutine shared =
        create(
            "shared",
            argument -> {
              seen.add("first");
              Coroutine.yield();
              seen.add("second");
              Coroutine.yield();
            });
    create("a", argument -> enterAndSay(shared, "back in a")).enter();
    create("b", argument -> enterAndSay(shared, "back in b")).enter();
    assertThat(seen).containsExactly("first", "back in a", "second", "back in b");
  }

  private void enterAndSay(Coroutine coroutine, String text) {
    coroutine.enter();
    seen.add(text);
  }

  @Test
  void theArgumentOfLaterEntriesIsIgnored() {
    Coroutine coroutine =
        create(
            "x",
            argument -> {
              Coroutine.yield();
              seen.add(String.valueOf(argument));
            });
    coroutine.enter("early");
    coroutine.enter("late");
    assertThat(seen).containsExactly("early");
  }

  @Test
  void enteringAFinishedOneIsAnErrorThatNamesBoth() {
    Coroutine dead = create("dead", argument -> {});
    dead.enter();
    create("visitor", argument -> refused(dead::enter, "'visitor' (running)", "'dead' (finished)"))
        .enter();
    refused(dead::enter, "thread '" + Thread.currentThread().getName(), "'dead' (finished)");
  }

  @Test
  void enteringOneselfIsAnError() {
    create("me", argument -> refused(running()::enter, "'me' (running) enters or closes itself"))
        .enter();
  }

  @Test
  void enteringOnesEntererIsAnError() {
    Coroutine[] parent = new Coroutine[1];
    Coroutine child =
        create(
            "child",
            argument -> refused(parent[0]::enter, "'child' (running)", "'parent' (entered)"));
    parent[0] = create("parent", argument -> child.enter());
    parent[0].enter();
    assertThat(child.isFinished()).isTrue();
  }

  @Test
  void yieldingOutsideIsAnError() {
    refused(Coroutine::yield, Thread.currentThread().getName(), "runs in no coroutine");
  }

  @Test
  void anyThreadMayEnterASuspendedOne() throws InterruptedException {
    Coroutine coroutine =
        create(
            "traveller",
            argument -> {
              Coroutine.yield();
              seen.add("arrived");
            });
    coroutine.enter();
    Thread other = new Thread(coroutine::enter);
    other.start();
    other.join();
    assertThat(seen).containsExactly("arrived");
  }

  @Test
  void oneCanBeInAnotherOfTheOtherSwitch() {
    Coroutine threaded =
        Coroutine.create(StackSwitch.threads(), "threaded", argument -> yieldAndSay("threaded"));
    Coroutine copied =
        Coroutine.create(StackSwitch.continuations(), "copied", argument -> yieldAndSay("copied"));
    create(
            "mixer",
            argument -> {
              threaded.enter();
              copied.enter();
              copied.enter();
              threaded.enter();
            })
        .enter();
    assertThat(seen).containsExactly("copied", "threaded");
  }

  private void yieldAndSay(String text) {
    Coroutine.yield();
    seen.add(text);
  }
}
