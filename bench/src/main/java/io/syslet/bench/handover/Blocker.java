package io.syslet.bench.handover;

import java.io.IOException;
import org.HdrHistogram.Histogram;

/** Makes calls that block, one after the other, in a task. */
interface Blocker extends AutoCloseable {
  /** What blocks, as named in the table. */
  String name();

  /**
   * Makes a round of calls.
   *
   * @param found gets, of each call that was handed over, the time until user code held
   *     −ESYSLETPENDING, nanoseconds.
   * @return how many blocked and were not handed over.
   */
  int round(Histogram found) throws IOException, InterruptedException;

  @Override
  void close() throws IOException;
}
