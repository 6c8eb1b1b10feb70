package io.syslet.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.examples.cli.SysletProcess.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** {@code syslet trace}: what it writes is a trace. */
class TraceCommandTest {
  @TempDir private Path folder = Path.of("");

  private Ended trace(String... arguments) throws Exception {
    List<String> line = new ArrayList<>(List.of("trace", "-o", output().toString()));
    line.addAll(List.of(arguments));
    return SysletProcess.plain().run(line.toArray(new String[0]));
  }

  private Path output() {
    return folder.resolve("trace.json");
  }

  private List<JsonNode> events() throws Exception {
    JsonNode root = new ObjectMapper().readTree(Files.readString(output()));
    List<JsonNode> events = new ArrayList<>();
    root.get("traceEvents").forEach(events::add);
    return events;
  }

  private static List<JsonNode> of(List<JsonNode> events, String phase) {
    return events.stream().filter(event -> event.get("ph").asString().equals(phase)).toList();
  }

  private static List<JsonNode> of(List<JsonNode> events, String phase, String category) {
    return of(events, phase).stream()
        .filter(event -> event.get("cat").asString().equals(category))
        .toList();
  }

  private static long nanos(JsonNode event, String key) {
    return Math.round(event.get(key).asDouble() * 1000);
  }

  private static long end(JsonNode slice) {
    return nanos(slice, "ts") + nanos(slice, "dur");
  }

  private static String row(JsonNode event) {
    return event.get("pid").asString() + "/" + event.get("tid").asString();
  }

  private static Ended assertWritten(Ended ended) {
    assertThat(ended.status()).as(ended.err()).isZero();
    assertThat(ended.err())
        .contains("trace.json: ")
        .contains(" events; ui.perfetto.dev loads it\n");
    return ended;
  }

  private static List<String> program() {
    List<String> line = new ArrayList<>(SysletProcess.java());
    line.set(line.size() - 1, ReadingProgram.class.getName());
    return line;
  }

  @Test
  void aCommandIsTracedWithTheWayOfItsTask() throws Exception {
    List<String> line = new ArrayList<>(List.of("--calls", "0", "--", "sh", "-c"));
    line.add("(sleep 1; echo; sleep 1; echo) | \"$@\"");
    line.add("sh");
    line.addAll(program());
    assertThat(assertWritten(trace(line.toArray(new String[0]))).out()).startsWith("reads\n");
    List<JsonNode> events = events();
    assertNested(of(events, "X"));

    List<JsonNode> blocked = of(events, "X", "blocked");
    assertThat(blocked).hasSizeGreaterThanOrEqualTo(5);
    assertThat(blocked)
        .filteredOn(slice -> slice.get("name").asString().equals("read (blocked)"))
        .hasSizeGreaterThanOrEqualTo(5)
        .allSatisfy(
            slice -> assertThat(slice.get("args").get("path").asString()).startsWith("pipe:["));
    assertThat(of(events, "X", "call")).isNotEmpty();
    assertThat(of(events, "X", "task"))
        .allSatisfy(slice -> assertThat(slice.get("name").asString()).startsWith("on syslet-"));
    assertArrows(events);

    List<Integer> levels =
        of(events, "C").stream()
            .filter(level -> level.get("name").asString().equals("calls in flight"))
            .map(level -> level.get("args").get("value").asInt())
            .toList();
    assertThat(levels).contains(0, 1, 2, 3, 4, 5);
    assertThat(of(events, "C"))
        .anyMatch(e -> e.get("name").asString().equals("unread completions"));
  }

  @Test
  void whatWaitsWithoutAWorkerHasABeginningAndAnEnd() throws Exception {
    List<String> line = new ArrayList<>(List.of("--"));
    line.addAll(SysletProcess.java());
    line.add("basic");
    assertWritten(trace(line.toArray(new String[0])));
    List<JsonNode> begun = of(events(), "b", "waits");
    List<JsonNode> ended = of(events(), "e", "waits");
    assertThat(begun).hasSameSizeAs(ended).isNotEmpty();
    for (int i = 0; i < begun.size(); i++) {
      assertThat(begun.get(i).get("name").asString()).isEqualTo("read (waits)");
      assertThat(ended.get(i).get("id")).isEqualTo(begun.get(i).get("id"));
      assertThat(nanos(ended.get(i), "ts")).isGreaterThan(nanos(begun.get(i), "ts"));
    }
  }

  /** Slices of a row lie in each other or beside each other. */
  private static void assertNested(List<JsonNode> slices) {
    Map<String, List<JsonNode>> rows =
        slices.stream().collect(Collectors.groupingBy(TraceCommandTest::row));
    assertThat(rows).hasSizeGreaterThan(5);
    for (List<JsonNode> row : rows.values()) {
      List<JsonNode> sorted = new ArrayList<>(row);
      sorted.sort(
          Comparator.comparingLong((JsonNode slice) -> nanos(slice, "ts"))
              .thenComparing(Comparator.comparingLong(TraceCommandTest::end).reversed()));
      List<JsonNode> open = new ArrayList<>();
      for (JsonNode slice : sorted) {
        open.removeIf(each -> end(each) <= nanos(slice, "ts"));
        assertThat(open)
            .allSatisfy(outer -> assertThat(end(slice)).isLessThanOrEqualTo(end(outer)));
        open.add(slice);
      }
    }
  }

  /** Each arrow leaves a slice of one row, and comes later to the turn of another. */
  private static void assertArrows(List<JsonNode> events) {
    List<JsonNode> from = of(events, "s");
    Map<Integer, JsonNode> to =
        of(events, "f").stream()
            .collect(Collectors.toMap(event -> event.get("id").asInt(), event -> event));
    List<JsonNode> slices = of(events, "X");
    assertThat(from).hasSizeGreaterThanOrEqualTo(5).hasSameSizeAs(to.keySet());
    for (JsonNode start : from) {
      JsonNode end = Objects.requireNonNull(to.get(start.get("id").asInt()));
      assertThat(row(end)).isNotEqualTo(row(start));
      assertThat(nanos(end, "ts")).isGreaterThanOrEqualTo(nanos(start, "ts"));
      assertThat(slices).anyMatch(slice -> contains(slice, start));
      assertThat(slices)
          .anyMatch(slice -> contains(slice, end) && slice.get("cat").asString().equals("turn"));
    }
  }

  private static boolean contains(JsonNode slice, JsonNode moment) {
    long time = nanos(moment, "ts");
    return row(slice).equals(row(moment)) && nanos(slice, "ts") <= time && time <= end(slice);
  }

  @Test
  void aRunningProcessIsTracedForAWhile() throws Exception {
    try (Watched program = Watched.java(ReadingProgram.class)) {
      assertTracedForAWhile(program);
    }
  }

  @Test
  void rootTracesTheProcessOfAnyUser() throws Exception {
    OtherUser.assumed();
    try (Watched program = Watched.java(ReadingProgram.class, OtherUser.ANOTHER)) {
      assertTracedForAWhile(program);
    }
  }

  private void assertTracedForAWhile(Watched program) throws Exception {
    program.await("reads");
    Thread feeder = Thread.ofPlatform().start(() -> feed(program));
    assertWritten(trace("-s", "2", program.pid()));
    assertThat(of(events(), "X", "blocked")).isNotEmpty();
    assertNested(of(events(), "X"));
    feeder.join();
  }

  private static void feed(Watched program) {
    try {
      for (int i = 0; i < 100; i++) {
        Thread.sleep(50);
        program.tell("\n");
        program.await("reads");
      }
    } catch (java.io.IOException | InterruptedException e) {
      // It has ended.
    }
  }

  @Test
  void anInterruptEndsTheTraceAndNotTheProcess() throws Exception {
    try (Watched program = Watched.java(ReadingProgram.class)) {
      program.await("reads");
      String[] line = {"trace", "-o", output().toString(), program.pid()};
      ProcessBuilder builder = SysletProcess.interruptible(line).inheritIO();
      Path temp = Files.createDirectory(folder.resolve("temp"));
      builder.environment().put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temp);
      Process tracing = builder.start();
      for (int i = 0; i < 50; i++) {
        Thread.sleep(100);
        program.tell("\n");
        program.await("reads");
      }
      new ProcessBuilder("kill", "-INT", Long.toString(tracing.pid())).start().waitFor();
      assertThat(tracing.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(of(events(), "X", "blocked")).isNotEmpty();
      assertThat(temp).isEmptyDirectory();
      program.tell("\n");
      program.await("reads");
    }
  }

  @Test
  void theStatusIsThatOfTheCommandAndWithoutEventsThereIsNoFile() throws Exception {
    Ended ended = trace("--", "sh", "-c", "exit 3");
    assertThat(ended.status()).isEqualTo(3);
    assertThat(ended.err()).startsWith("syslet: nothing was recorded: ").hasLineCount(1);
    assertThat(output()).doesNotExist();
    assertThat(trace("--", "true").status()).isEqualTo(1);
  }

  @Test
  void aFileThatIsThereIsOnlyReplacedByATrace() throws Exception {
    Files.writeString(output(), "older");
    assertThat(trace("4194305").status()).isEqualTo(2);
    assertThat(trace("--", folder.resolve("none").toString()).status()).isEqualTo(2);
    assertThat(trace("--", "true").status()).isEqualTo(1);
    assertThat(output()).hasContent("older");
  }

  @Test
  void whatCannotBeDoneIsSaidInOneLine() throws Exception {
    Ended ended = trace("--", folder.resolve("none").toString());
    assertThat(ended.err()).isEqualTo("syslet: " + folder.resolve("none") + ": cannot be run\n");
    assertThat(ended.status()).isEqualTo(2);
    Ended unwritable =
        SysletProcess.plain().run("trace", "-o", folder.resolve("a/b").toString(), "--", "true");
    assertThat(unwritable.err())
        .isEqualTo("syslet: " + folder.resolve("a/b") + ": No such file or directory\n");
    assertThat(unwritable.status()).isEqualTo(1);
    assertThat(trace("1", "2").err()).isEqualTo("syslet: one PID, or -- before a command\n");
  }
}
