package io.syslet.hadoop;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Kills a server when some tasks of a job have ended, and starts it again. */
final class KillAtTask extends SparkListener {
  final CompletableFuture<Void> back = new CompletableFuture<>();
  private final AtomicInteger left;
  private final ServerProcess server;

  KillAtTask(ServerProcess server, int tasks) {
    this.server = server;
    this.left = new AtomicInteger(tasks);
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    if (left.decrementAndGet() == 0) {
      try {
        server.kill();
        server.start();
        back.complete(null);
      } catch (Exception e) {
        back.completeExceptionally(e);
      }
    }
  }
}
