package io.syslet.threads.programs;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * {@code KafkaProgram FOLDER}: a broker, virtual threads that each wait for the broker to have a
 * record, and virtual threads that share the reading.
 */
final class KafkaProgram {
  static final int PRODUCERS = 32;
  static final int RECORDS = 50;
  private static final int CONSUMERS = 4;
  private static final String TOPIC = "numbers";

  private final String address;
  private final Producer<String, String> producer;
  private final AtomicInteger members = new AtomicInteger();
  private final AtomicInteger taken = new AtomicInteger();

  private KafkaProgram(String address, Producer<String, String> producer) {
    this.address = address;
    this.producer = producer;
  }

  public static void main(String[] args) throws Exception {
    try (KafkaBroker broker = new KafkaBroker(Path.of(args[0]))) {
      String address = broker.address();
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
        admin.createTopics(List.of(new NewTopic(TOPIC, CONSUMERS, (short) 1))).all().get();
      }
      try (Producer<String, String> producer = new KafkaProducer<>(producing(address))) {
        KafkaProgram program = new KafkaProgram(address, producer);
        Crowd.report(Crowd.sum(PRODUCERS + CONSUMERS, program.member()));
      }
    }
  }

  private static Map<String, Object> producing(String address) {
    String strings = "org.apache.kafka.common.serialization.StringSerializer";
    return Map.of(
        "bootstrap.servers", address, "key.serializer", strings, "value.serializer", strings);
  }

  private Map<String, Object> consuming() {
    String strings = "org.apache.kafka.common.serialization.StringDeserializer";
    return Map.of(
        "bootstrap.servers", address,
        "key.deserializer", strings,
        "value.deserializer", strings,
        "group.id", "all",
        "auto.offset.reset", "earliest");
  }

  /** The first ones produce, the others consume. */
  private Callable<Integer> member() {
    return () -> {
      int number = members.getAndIncrement();
      return number < PRODUCERS ? produce(number) : consume();
    };
  }

  private int produce(int number) throws Exception {
    for (int i = 0; i < RECORDS; i++) {
      String value = Integer.toString(number * RECORDS + i);
      producer.send(new ProducerRecord<>(TOPIC, value, value)).get();
    }
    return 0;
  }

  private int consume() {
    int sum = 0;
    try (Consumer<String, String> consumer = new KafkaConsumer<>(consuming())) {
      consumer.subscribe(List.of(TOPIC));
      while (taken.get() < PRODUCERS * RECORDS) {
        for (ConsumerRecord<String, String> each : consumer.poll(Duration.ofMillis(100))) {
          sum += Integer.parseInt(each.value());
          taken.incrementAndGet();
        }
      }
    }
    return sum;
  }
}
