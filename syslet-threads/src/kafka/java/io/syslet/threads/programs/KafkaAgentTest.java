package io.syslet.threads.programs;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Kafka broker and its clients under the agent. */
class KafkaAgentTest {
  @TempDir Path folder = Path.of("");

  @Test
  void kafkaDeliversEachRecordOnce() throws Exception {
    long records = (long) KafkaProgram.PRODUCERS * KafkaProgram.RECORDS;
    UnderAgent.finds(records * (records - 1) / 2, KafkaProgram.class, folder);
  }
}
