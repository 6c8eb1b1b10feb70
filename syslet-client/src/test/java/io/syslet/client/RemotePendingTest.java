package io.syslet.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Errno;
import io.syslet.kernel.Cancellation;
import io.syslet.kernel.Submission;
import org.junit.jupiter.api.Test;

/** The wish that a call end, and the end of that call. */
class RemotePendingTest {
  private static final int ROUNDS = 50_000;
  private static final int TURN = 1;

  private final Submission submission = new Submission();
  private volatile RemotePending call = next();
  private volatile int ended;

  private RemotePending next() {
    return new RemotePending(submission, id -> {});
  }

  @Test
  void aWishThatWasAcceptedIsToldOfTheEndAtWhateverMomentItComes() throws InterruptedException {
    RemotePending none = call;
    Thread server = Thread.ofPlatform().start(() -> endAll(none));
    for (int round = 1; round <= ROUNDS; round++) {
      Cancellation wish = new Cancellation(Errno.ECANCELED, TURN);
      RemotePending asked = next();
      assertThat(asked.take(wish)).isEqualTo(Cancellation.ASKED);
      call = asked;
      int taken = Cancellation.ASKED;
      while (taken == Cancellation.ASKED) {
        taken = asked.take(wish);
      }
      assertThat(taken).as("in round %d", round).isZero();
      while (ended < round) {
        Thread.onSpinWait();
      }
    }
    server.join();
  }

  private void endAll(RemotePending before) {
    RemotePending last = before;
    for (int round = 1; round <= ROUNDS; round++) {
      while (call == last) {
        Thread.onSpinWait();
      }
      last = call;
      last.end(-Errno.ECANCELED);
      ended = round;
    }
  }

  @Test
  void ofTwoWishesTheFirstCounts() {
    RemotePending asked = next();
    Cancellation first = new Cancellation(Errno.ECANCELED, TURN);
    Cancellation second = new Cancellation(Errno.ECANCELED, TURN);
    assertThat(asked.take(first)).isEqualTo(Cancellation.ASKED);
    assertThat(asked.take(second)).isEqualTo(-Errno.EALREADY);
    asked.end(7);
    assertThat(asked.take(first)).as("it has ended by itself").isEqualTo(-Errno.EALREADY);
    assertThat(asked.take(second)).as("over").isEqualTo(-Errno.ENOENT);
  }
}
