package io.syslet.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Errno;
import io.syslet.kernel.Counters;
import io.syslet.kernel.Submission;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The calls that a server works at, and the moment when it is gone. */
class InFlightTest {
  private final List<Long> ends = new ArrayList<>();
  private InFlight inFlight;

  @BeforeEach
  void begin() throws IOException {
    InFlight.End end = (submission, pending, callerData, status) -> ends.add(status);
    inFlight = new InFlight(new Counters(), end, KeptSession.open(null));
  }

  @AfterEach
  void end() {
    inFlight.free();
  }

  private void goesOn(SentBatch record) {
    Submission submission = new Submission();
    inFlight.goesOn(record, submission, new RemotePending(submission, id -> {}), 5);
  }

  @Test
  void aCallThatIsPendingWhenTheServerIsGoneEndsOnce() {
    SentBatch record = inFlight.take();
    record.state(SentBatch.SENT);
    goesOn(record);
    assertThat(ends).isEmpty();
    inFlight.giveUp(-Errno.EOWNERDEAD);
    inFlight.giveUp(-Errno.EOWNERDEAD);
    assertThat(ends).containsExactly((long) -Errno.EOWNERDEAD);
  }

  /** The answer was there before the server went; its task was slow to read it. */
  @Test
  void aCallThatGoesPendingAfterwardsEndsOnce() {
    SentBatch record = inFlight.take();
    record.state(SentBatch.SENT);
    inFlight.giveUp(-Errno.EOWNERDEAD);
    assertThat(ends).isEmpty();
    goesOn(record);
    assertThat(ends).containsExactly((long) -Errno.EOWNERDEAD);
    inFlight.giveUp(-Errno.EOWNERDEAD);
    assertThat(ends).as("once").hasSize(1);
  }
}
