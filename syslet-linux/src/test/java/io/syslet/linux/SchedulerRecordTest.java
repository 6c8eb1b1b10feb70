package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The head of a stack of spares: an address and a tag. */
class SchedulerRecordTest {
  private static final long NEAR_THE_TOP_OF_48_BITS = 0xffff_9f8d_0380L;

  @Test
  void anyAddressFitsBesideTheTag() {
    long first = SchedulerRecord.pushed(0, NEAR_THE_TOP_OF_48_BITS);
    long second = SchedulerRecord.pushed(first, NEAR_THE_TOP_OF_48_BITS);
    assertThat(SchedulerRecord.top(first)).isEqualTo(NEAR_THE_TOP_OF_48_BITS);
    assertThat(SchedulerRecord.top(second)).isEqualTo(NEAR_THE_TOP_OF_48_BITS);
    assertThat(second).as("the tag has changed").isNotEqualTo(first);
  }
}
