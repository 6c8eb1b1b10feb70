package io.syslet.bench.report;

import io.syslet.bench.Machine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** When and where something is measured. */
final class Circumstances {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT);

  private Circumstances() {}

  static Map<String, String> of(Path root, String command, boolean isQuick)
      throws IOException, InterruptedException {
    Map<String, String> head = new LinkedHashMap<>();
    head.put("date", now());
    head.put("machine", Machine.text());
    head.put("commit", commit(root));
    head.put("load", load());
    head.put("rounds", isQuick ? "few (--quick)" : "all");
    head.put("command", command);
    return head;
  }

  static String now() {
    return ZonedDateTime.now(ZoneOffset.UTC).format(MINUTE);
  }

  /** What ran or wanted to, in the mean of the last minute. */
  static String load() throws IOException {
    String text = Files.readString(Path.of("/proc/loadavg"));
    return text.substring(0, text.indexOf(' '));
  }

  private static String commit(Path root) throws IOException, InterruptedException {
    List<String> git =
        List.of("git", "-C", root.toString(), "describe", "--always", "--dirty", "--abbrev=7");
    try {
      Process process =
          new ProcessBuilder(git).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String text =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() == 0 ? text : "unknown";
    } catch (IOException e) {
      return "unknown";
    }
  }
}
