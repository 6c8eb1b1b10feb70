package io.syslet.kernel.poller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pollers where stacks cannot be switched: plain callbacks. */
class PlainPollerTest {
  private final List<String> seen = new ArrayList<>();
  private final MainLoop loop = new MainLoop(() -> 0, null, seen::add);

  @Test
  void plainPollersRunInEachRound() {
    loop.pollers().register(new PollerJob("a", () -> seen.add("a")));
    loop.pollers().register(new PollerJob("b", () -> seen.add("b")));
    loop.resched();
    loop.resched();
    assertThat(seen).containsExactly("a", "b", "a", "b");
  }

  @Test
  void aPollerThatPausesIsAnErrorThatNamesIt() {
    loop.pollers().register(new PollerJob("ported driver", loop::pause));
    assertThatIllegalStateException()
        .isThrownBy(loop::resched)
        .withMessageContaining("poller 'ported driver' pauses")
        .withMessageContaining("cannot switch stacks");
  }

  @Test
  void aBthreadCannotBeMade() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Bthread.create(loop, "driver", () -> 0))
        .withMessageContaining("'driver'");
  }

  @Test
  void outsideOfPollersAPauseRunsARound() {
    loop.pollers().register(new PollerJob("a", () -> seen.add("a")));
    loop.pause();
    assertThat(seen).containsExactly("a");
  }
}
