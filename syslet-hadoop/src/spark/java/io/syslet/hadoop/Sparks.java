package io.syslet.hadoop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What the tests of Spark have in common. */
final class Sparks {
  private static final List<Logger> LOGS =
      List.of(Logger.getLogger("org.apache.spark"), Logger.getLogger("org.sparkproject"));

  private Sparks() {}

  /** A session that may enter servers, and says little. */
  static SparkSession.Builder session(String master, Pki pki) {
    LOGS.forEach(log -> log.setLevel(Level.WARNING));
    return SparkSession.builder()
        .master(master)
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.sql.files.maxPartitionBytes", "256k")
        .config("spark.hadoop." + DoorKeys.TLS_CERT, pki.certificate("client").toString())
        .config("spark.hadoop." + DoorKeys.TLS_KEY, pki.key("client").toString())
        .config("spark.hadoop." + DoorKeys.TLS_CA, pki.authority().toString())
        .config("spark.hadoop." + DoorKeys.CHUNK, "16k");
  }

  /** Writes files with a number in each line: those from the first on. */
  static void numbers(Path folder, long first, int files, int lines) throws IOException {
    for (int i = 0; i < files; i++) {
      List<String> text = new ArrayList<>();
      for (int j = 0; j < lines; j++) {
        text.add(Long.toString(first + (long) i * lines + j));
      }
      Files.write(Files.createDirectories(folder.resolve("d" + i)).resolve("f"), text);
    }
  }

  /** Reads the lines of all files below, and adds them up: how many, their sum, how many differ. */
  static Row sums(SparkSession spark, String... uris) {
    return spark
        .read()
        .option("recursiveFileLookup", "true")
        .text(uris)
        .selectExpr("count(*)", "sum(cast(value as bigint))", "count(distinct value)")
        .first();
  }
}
