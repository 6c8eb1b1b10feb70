package io.syslet.bench.journal;

import java.io.IOException;

/** A way to write calls down: each takes two records, for its beginning and its end. One thread. */
interface RecordLane extends AutoCloseable {
  /** Writes a call down. */
  void call(long call) throws IOException;

  /** Calls so far are to survive what the lane promises. */
  void sync() throws IOException;

  @Override
  void close() throws IOException;
}
