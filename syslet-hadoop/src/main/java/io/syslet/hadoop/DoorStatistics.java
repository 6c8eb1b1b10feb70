package io.syslet.hadoop;

import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.statistics.IOStatistics;
import org.apache.hadoop.fs.statistics.StoreStatisticNames;
import org.apache.hadoop.fs.statistics.StreamStatisticNames;
import org.apache.hadoop.fs.statistics.impl.IOStatisticsBinding;
import org.apache.hadoop.fs.statistics.impl.IOStatisticsStore;

/** What a file system has done, in both ways that Hadoop has of counting it. Any thread. */
final class DoorStatistics {
  private static final String[] INPUT = {
    StreamStatisticNames.STREAM_READ_BYTES,
    StreamStatisticNames.STREAM_READ_OPERATIONS,
    StreamStatisticNames.STREAM_READ_VECTORED_OPERATIONS,
    StreamStatisticNames.STREAM_READ_VECTORED_INCOMING_RANGES,
  };

  private static final String[] OUTPUT = {StreamStatisticNames.STREAM_WRITE_BYTES};

  private static final String[] OPERATIONS = {
    StoreStatisticNames.OP_ACCESS,
    StoreStatisticNames.OP_APPEND,
    StoreStatisticNames.OP_BULK_DELETE,
    StoreStatisticNames.OP_CREATE,
    StoreStatisticNames.OP_DELETE,
    StoreStatisticNames.OP_GET_CONTENT_SUMMARY,
    StoreStatisticNames.OP_GET_FILE_STATUS,
    StoreStatisticNames.OP_GET_STATUS,
    StoreStatisticNames.OP_HSYNC,
    StoreStatisticNames.OP_LIST_FILES,
    StoreStatisticNames.OP_LIST_LOCATED_STATUS,
    StoreStatisticNames.OP_LIST_STATUS,
    StoreStatisticNames.OP_MKDIRS,
    StoreStatisticNames.OP_OPEN,
    StoreStatisticNames.OP_RENAME,
    StoreStatisticNames.OP_SET_PERMISSION,
    StoreStatisticNames.OP_SET_TIMES,
    StoreStatisticNames.OP_TRUNCATE,
  };

  final IOStatisticsStore counts =
      IOStatisticsBinding.iostatisticsStore()
          .withCounters(OPERATIONS)
          .withCounters(INPUT)
          .withCounters(OUTPUT)
          .build();

  private final FileSystem.Statistics totals;

  /**
   * @param totals of the scheme.
   */
  DoorStatistics(FileSystem.Statistics totals) {
    this.totals = totals;
  }

  /** Counters of one stream that reads. */
  static IOStatisticsStore ofInput() {
    return IOStatisticsBinding.iostatisticsStore().withCounters(INPUT).build();
  }

  /** Counters of one stream that writes. */
  static IOStatisticsStore ofOutput() {
    return IOStatisticsBinding.iostatisticsStore().withCounters(OUTPUT).build();
  }

  /** An operation that changes nothing is about to be done. */
  void count(String operation) {
    counts.incrementCounter(operation);
    totals.incrementReadOps(1);
  }

  /** An operation that changes something is about to be done. */
  void countChange(String operation) {
    counts.incrementCounter(operation);
    totals.incrementWriteOps(1);
  }

  /** A stream was read. */
  void read(long bytes) {
    totals.incrementBytesRead(bytes);
  }

  /** A stream was written. */
  void written(long bytes) {
    totals.incrementBytesWritten(bytes);
  }

  /** A stream is closed: what it counted. */
  void add(IOStatistics stream) {
    counts.aggregate(stream);
  }
}
