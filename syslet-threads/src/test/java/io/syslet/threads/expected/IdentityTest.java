package io.syslet.threads.expected;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a virtual thread is called, and what is fixed about it. */
@ParameterizedClass
@EnumSource
class IdentityTest {
  @Parameter ThreadKind kind = ThreadKind.JDK;

  @Test
  void names() {
    assertThat(kind.builder().unstarted(() -> {}).getName()).isEmpty();
    assertThat(kind.builder().name("one").unstarted(() -> {}).getName()).isEqualTo("one");
    Thread.Builder counting = kind.builder().name("n-", 7);
    assertThat(counting.unstarted(() -> {}).getName()).isEqualTo("n-7");
    assertThat(counting.unstarted(() -> {}).getName()).isEqualTo("n-8");
    ThreadFactory factory = kind.builder().name("f-", 0).factory();
    assertThat(factory.newThread(() -> {}).getName()).isEqualTo("f-0");
    assertThat(factory.newThread(() -> {}).getName()).isEqualTo("f-1");
  }

  @Test
  void theBuilderRefusesNothing() {
    assertThatThrownBy(() -> kind.builder().name("n", -1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> kind.builder().unstarted(null))
        .isInstanceOf(NullPointerException.class);
  }

  @Test
  void canBeRenamedWhileItRuns() throws Exception {
    assertThat(
            kind.<String>call(
                () -> {
                  Thread.currentThread().setName("other");
                  return Thread.currentThread().getName();
                }))
        .isEqualTo("other");
  }

  @Test
  @SuppressWarnings("ThreadPriorityCheck") // it shows that there are none
  void fixedProperties() {
    Thread thread = kind.builder().unstarted(() -> {});
    assertThat(thread.isVirtual()).isTrue();
    assertThat(thread.isDaemon()).isTrue();
    assertThat(thread.getThreadGroup().getName()).isEqualTo("VirtualThreads");
    thread.setPriority(Thread.MAX_PRIORITY);
    assertThat(thread.getPriority()).isEqualTo(Thread.NORM_PRIORITY);
    assertThatThrownBy(() -> thread.setDaemon(false)).isInstanceOf(IllegalArgumentException.class);
    thread.setDaemon(true);
  }

  @Test
  void theCurrentThreadIsItself() throws Exception {
    Thread[] seen = new Thread[2];
    Thread thread =
        kind.start(
            () -> {
              seen[0] = Thread.currentThread();
              Thread.sleep(1);
              seen[1] = Thread.currentThread();
            });
    thread.join();
    assertThat(seen).containsExactly(thread, thread);
  }

  @Test
  void idsAreItsOwn() {
    Thread one = kind.builder().unstarted(() -> {});
    Thread other = kind.builder().unstarted(() -> {});
    assertThat(one.threadId()).isPositive().isNotEqualTo(other.threadId());
    assertThat(one).isNotEqualTo(other).isEqualTo(one);
  }

  @Test
  void theTextNamesIdNameAndState() throws Exception {
    Thread thread = kind.builder().name("text").unstarted(() -> {});
    assertThat(thread.toString()).isEqualTo("VirtualThread[#" + thread.threadId() + ",text]/new");
    thread.start();
    thread.join();
    assertThat(thread.toString()).endsWith("/terminated");
    assertThat(kind.<String>call(() -> Thread.currentThread().toString())).contains("/runnable@");
  }

  @Test
  @SuppressWarnings("DoNotCall") // it shows why
  void runDoesNothing() {
    int[] ran = new int[1];
    Thread thread = kind.builder().unstarted(() -> ran[0]++);
    thread.run();
    assertThat(ran[0]).isZero();
    assertThat(thread.getState()).isEqualTo(Thread.State.NEW);
  }

  @Test
  void deepRecursionEndsInAnErrorThatCanBeCaught() throws Exception {
    assertThat(
            kind.<Boolean>call(
                () -> {
                  try {
                    return recurse(1) < 0;
                  } catch (StackOverflowError e) {
                    Thread.sleep(1);
                    return true;
                  }
                }))
        .isTrue();
  }

  @SuppressWarnings("InfiniteRecursion")
  private static int recurse(int depth) {
    return recurse(depth + 1) + 1;
  }
}
