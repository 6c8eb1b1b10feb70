package io.syslet.bench.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs measurements as processes of their own, one after the other, and shows what they print. */
final class Runner {
  /** What the scripts end with that cannot run here. */
  private static final int SKIPPED = 77;

  private static final int QUICK_SECONDS = 120;
  private static final int FULL_SECONDS = 3600;

  private final Path root;
  private final boolean isQuick;
  private final long deadline;

  /**
   * Those of a tree.
   *
   * @param seconds all may take.
   */
  Runner(Path root, boolean isQuick, long seconds) {
    this.root = root;
    this.isQuick = isQuick;
    deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
  }

  Recorded run(Part part) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(part.command(isQuick));
    String command = "bench/" + String.join(" ", words);
    Map<String, String> head = Circumstances.of(root, command, isQuick);
    words.set(0, root.resolve("bench").resolve(words.getFirst()).toString());
    System.out.println("\n== " + command);
    StringBuilder body = new StringBuilder();
    String status = status(words, body);
    head.put("load", head.getOrDefault("load", "") + " to " + Circumstances.load());
    head.put("status", status);
    if (!status.equals(Recorded.OK)) {
      System.out.println("== " + status);
    }
    return new Recorded(part.name(), head, body.toString());
  }

  private String status(List<String> words, StringBuilder body)
      throws IOException, InterruptedException {
    if (!Files.isExecutable(Path.of(words.getFirst()))) {
      return "skipped: there is no " + Path.of(words.getFirst()).getFileName();
    }
    long left = TimeUnit.NANOSECONDS.toSeconds(deadline - System.nanoTime());
    if (left <= 0) {
      return "skipped: no time left";
    }
    Process process =
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    process.getOutputStream().close();
    Thread reader = Thread.ofPlatform().start(() -> tee(process, body));
    boolean isOver = !process.waitFor(limit(left), TimeUnit.SECONDS);
    if (isOver) {
      end(process);
    }
    reader.join();
    return isOver ? "failed: not ended in time" : status(process.exitValue());
  }

  private long limit(long left) {
    return Math.min(left, isQuick ? QUICK_SECONDS : FULL_SECONDS);
  }

  private static String status(int exit) {
    return switch (exit) {
      case 0 -> Recorded.OK;
      case SKIPPED -> "skipped: this machine lacks what it needs";
      default -> "failed: exit status " + exit;
    };
  }

  /** First all that it has started, so that it can clean up. */
  private static void end(Process process) throws InterruptedException {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
  }

  private static void tee(Process process, StringBuilder body) {
    try (var out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        System.out.println(line);
        body.append(line).append('\n');
      }
    } catch (IOException e) {
      body.append("(cut off: ").append(e.getMessage()).append(")\n");
    }
  }
}
