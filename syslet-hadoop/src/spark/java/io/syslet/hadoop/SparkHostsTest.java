package io.syslet.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.Partition;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Spark with two executors in processes of their own, and two hosts that serve. */
class SparkHostsTest {
  private static final int FILES = 40;
  private static final int LINES = 5_000;
  private static final String PORT = ":7443";

  @TempDir private Path temp;

  private SparkSession cluster(Pki pki) throws Exception {
    Path home = Path.of(System.getenv().getOrDefault("SPARK_HOME", "target/spark-home"));
    Files.createDirectories(home.resolve("jars"));
    return Sparks.session("local-cluster[2,1,1024]", pki)
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.executor.memory", "600m")
        .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
        .config(
            "spark.executor.extraJavaOptions",
            "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED")
        .getOrCreate();
  }

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void eachLineOfBothHostsComesOnceThoughOneIsKilled() throws Exception {
    try (Namespaces hosts = new Namespaces(2)) {
      Pki pki = Pki.in(temp.resolve("pki"), hosts.address(0), hosts.address(1));
      List<Path> roots = new ArrayList<>();
      String[] uris = new String[2];
      for (int i = 0; i < 2; i++) {
        roots.add(Files.createDirectories(temp.resolve("root" + i)));
        Sparks.numbers(roots.get(i).resolve("lines"), (long) i * FILES * LINES, FILES, LINES);
        uris[i] = "syslet://" + hosts.address(i) + PORT + "/lines";
      }
      try (ServerProcess first = serve(hosts, 0, roots, pki);
          ServerProcess second = serve(hosts, 1, roots, pki);
          SparkSession spark = cluster(pki)) {
        assertThat(hostsOfPartitions(spark, uris)).contains(hosts.address(0), hosts.address(1));
        KillAtTask killing = new KillAtTask(second, 4);
        spark.sparkContext().addSparkListener(killing);
        Row all = Sparks.sums(spark, uris);
        killing.back.get();
        long count = 2L * FILES * LINES;
        assertThat(all.getLong(0)).isEqualTo(count);
        assertThat(all.getLong(1)).isEqualTo(count * (count - 1) / 2);
        assertThat(all.getLong(2)).isEqualTo(count);
        first.kill();
      }
    }
  }

  private static ServerProcess serve(Namespaces hosts, int i, List<Path> roots, Pki pki)
      throws Exception {
    return new ServerProcess(hosts.in(i), "tls:" + hosts.address(i) + PORT, roots.get(i), pki);
  }

  /** Where Spark would rather run the tasks. */
  private static List<String> hostsOfPartitions(SparkSession spark, String... uris) {
    RDD<?> files = spark.read().option("recursiveFileLookup", "true").text(uris).rdd();
    while (!files.dependencies().isEmpty()) {
      files = files.dependencies().head().rdd();
    }
    List<String> found = new ArrayList<>();
    for (Partition partition : files.partitions()) {
      scala.jdk.javaapi.CollectionConverters.asJava(files.preferredLocations(partition))
          .forEach(found::add);
    }
    return found;
  }
}
