package io.syslet.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

class DoorOptionsTest {
  /** As a wait for ever is written; Hadoop makes the most milliseconds of it that there are. */
  @Test
  void aTimeThatIsTooLongForAClockIsLong() throws Exception {
    Configuration conf = new Configuration(false);
    conf.set(DoorKeys.SOCKET, "/no/socket");
    conf.set(DoorKeys.RETRY_TIME, Long.MAX_VALUE + "d");
    DoorOptions options = DoorOptions.of(URI.create("syslet:///"), conf);
    assertThat(options.retry().toNanos()).isBetween(Long.MAX_VALUE / 5, Long.MAX_VALUE / 4);
  }
}
