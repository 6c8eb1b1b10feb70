package io.syslet.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spark in one JVM, over TLS. */
class SparkTest {
  private static final int PORT = 20_000 + (int) (ProcessHandle.current().pid() % 10_000);
  private static final int FILES = 60;
  private static final int LINES = 5_000;

  @TempDir private static java.nio.file.Path temp;
  private static java.nio.file.Path root;
  private static ServerProcess server;
  private static SparkSession spark;
  private static String uri;

  @BeforeAll
  static void begin() throws Exception {
    root = Files.createDirectories(temp.resolve("root"));
    Pki pki = Pki.in(temp.resolve("pki"));
    server = new ServerProcess(List.of(), "tls:localhost:" + PORT, root, pki);
    uri = "syslet://localhost:" + PORT;
    spark = Sparks.session("local[2]", pki).getOrCreate();
  }

  @AfterAll
  static void end() throws Exception {
    spark.stop();
    server.close();
  }

  @Test
  void whatIsWrittenIsRead() {
    spark
        .range(200_000)
        .selectExpr("id", "id % 7 as part", "repeat('x', cast(id % 50 as int)) as text")
        .write()
        .partitionBy("part")
        .parquet(uri + "/written");
    Dataset<Row> read = spark.read().parquet(uri + "/written");
    Row sums = read.selectExpr("count(*)", "sum(id)", "sum(length(text))").first();
    assertThat(sums.getLong(0)).isEqualTo(200_000);
    assertThat(sums.getLong(1)).isEqualTo(199_999L * 200_000 / 2);
    assertThat(sums.getLong(2)).isEqualTo(200_000L / 50 * (49 * 50 / 2));
    assertThat(read.where("part = 3").count()).isEqualTo(200_000 / 7);
    assertThat(root.resolve("written/_SUCCESS")).exists();
  }

  @Test
  void eachLineComesOnceThoughTheServerIsKilled() throws Exception {
    Sparks.numbers(root.resolve("lines"), 0, FILES, LINES);
    KillAtTask killing = new KillAtTask(server, 4);
    spark.sparkContext().addSparkListener(killing);
    Row all = Sparks.sums(spark, uri + "/lines");
    killing.back.get();
    spark.sparkContext().removeSparkListener(killing);
    long count = (long) FILES * LINES;
    assertThat(all.getLong(0)).isEqualTo(count);
    assertThat(all.getLong(1)).isEqualTo(count * (count - 1) / 2);
    assertThat(all.getLong(2)).isEqualTo(count);
  }
}
