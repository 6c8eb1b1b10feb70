package io.syslet.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.examples.cli.SysletProcess.Ended;
import io.syslet.table.CallTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each call that we make ourselves, refused with EPERM and with ENOSYS: a command is right, or says
 * in one line why not. Two rows at a time.
 */
class SandboxMatrixTest {
  private static final int EPERM = 1;
  private static final int ENOSYS = 38;

  /** What is expected of the commands. */
  private enum Expected {
    /** The same result, and nothing else is said. */
    RIGHT,
    /** As RIGHT, but that the JVM warns. */
    WARNED,
    /** As RIGHT, but calls at workers cannot be taken back: they end when they end. */
    LATE,
    /** One line. */
    LINE,
    /** The JVM itself does not start, with any program. */
    NO_JVM
  }

  /** What {@link TakingBack} says of a kernel where calls are taken back. */
  private static final String TAKEN_BACK =
      """
      cancel 0: Operation canceled (ECANCELED)
      deadline: Connection timed out (ETIMEDOUT)
      """;

  /** What it says where none is interrupted. */
  private static final String ENDED_LATE =
      """
      cancel Operation already in progress (EALREADY): late, 1
      deadline: late, 1
      """;

  /** A call; with EPERM; with ENOSYS. */
  private static final String ROWS =
      """
      mprotect:2=5        RIGHT   RIGHT
      sched_setaffinity   RIGHT   RIGHT
      sched_getaffinity   NO_JVM  WARNED
      sched_setscheduler  RIGHT   RIGHT
      sched_getscheduler  RIGHT   RIGHT
      sched_yield         RIGHT   RIGHT
      getrusage           RIGHT   RIGHT
      rseq                RIGHT   RIGHT
      tgkill              LATE    LATE
      rt_sigaction:0=60   LATE    LATE
      rt_sigaction        NO_JVM  NO_JVM
      memfd_create        RIGHT   RIGHT
      ftruncate           RIGHT   RIGHT
      epoll_create1       RIGHT   RIGHT
      epoll_ctl           RIGHT   RIGHT
      epoll_pwait         RIGHT   RIGHT
      epoll_pwait2        RIGHT   RIGHT
      eventfd2            RIGHT   RIGHT
      preadv2             RIGHT   RIGHT
      ppoll               RIGHT   RIGHT
      futex_waitv         RIGHT   RIGHT
      statx               LINE    RIGHT
      openat2             RIGHT   RIGHT
      prlimit64           RIGHT   RIGHT
      io_uring_setup      RIGHT   RIGHT
      process_vm_readv    RIGHT   RIGHT
      perf_event_open     RIGHT   RIGHT
      clone3              NO_JVM  RIGHT
      """;

  private static final boolean LONG = Boolean.getBoolean("syslet.long");

  @TempDir private Path temp = Path.of("");

  /** What the commands have printed and how they have ended. */
  private record Results(Ended walk, Ended basic, Ended takingBack) {
    static Results of(SysletProcess process, String tree) throws Exception {
      return new Results(
          process.run("walk", tree), process.run("basic"), process.run(TakingBack.class));
    }

    List<Ended> all() {
      return List.of(walk, basic, takingBack);
    }

    List<String> said() {
      return List.of(first(walk), sorted(basic), takingBack.out());
    }

    /** A write and the read that it ends are told of in any order. */
    private static String sorted(Ended ended) {
      return ended.out().lines().sorted().collect(Collectors.joining("\n"));
    }

    /** Without how many calls it took, which differs. */
    private static String first(Ended ended) {
      return ended.out().lines().findFirst().orElse("");
    }
  }

  @TestFactory
  Stream<DynamicTest> aCommandIsRightOrSaysWhyNot() throws Exception {
    Refuse refuse = Refuse.in(temp);
    String tree = makeTree();
    Results unrestricted = Results.of(SysletProcess.plain(), tree);
    assertThat(unrestricted.takingBack.out()).isEqualTo(TAKEN_BACK + TAKEN_BACK);
    ExecutorService two = Executors.newFixedThreadPool(2);
    List<DynamicTest> tests = new ArrayList<>();
    for (String each : ROWS.lines().toList()) {
      String[] cells = each.split(" +", -1);
      for (int i = 1; i < cells.length; i++) {
        String name = cells[0] + (i == 1 ? ", EPERM" : ", ENOSYS");
        if (i == 2 && !LONG && cells[1].equals(cells[2])) {
          tests.add(DynamicTest.dynamicTest(name, SandboxMatrixTest::skip));
          continue;
        }
        String[] line = refuse.line(i == 1 ? EPERM : ENOSYS, filter(cells[0]));
        Expected expected = Expected.valueOf(cells[i]);
        Future<?> row = two.submit(() -> check(expected, line, tree, unrestricted));
        tests.add(DynamicTest.dynamicTest(name, row::get));
      }
    }
    return tests.stream().onClose(two::shutdownNow);
  }

  private static void skip() {
    Assumptions.abort("expected to be as with EPERM; tried with -Plong");
  }

  private String makeTree() throws Exception {
    Path root = Files.createDirectory(temp.resolve("tree"));
    for (int i = 0; i < 5; i++) {
      Path folder = Files.createDirectories(root.resolve("a" + i).resolve("b"));
      Files.writeString(folder.resolve("f"), "12345");
    }
    return root.toString();
  }

  /** The call by its number. */
  private static String filter(String call) {
    String name = call.replaceFirst(":.*", "");
    int number = CallTable.number(name);
    assertThat(number).as(name).isNotNegative();
    return number + call.substring(name.length());
  }

  private @Nullable Void check(Expected expected, String[] line, String tree, Results unrestricted)
      throws Exception {
    if (expected == Expected.NO_JVM) {
      assertThat(javaVersion(line)).isNotZero();
    } else {
      check(expected, Results.of(SysletProcess.by(line), tree), unrestricted);
    }
    return null;
  }

  private int javaVersion(String[] before) throws Exception {
    List<String> line = new ArrayList<>(List.of(before));
    line.add(SysletProcess.java().getFirst());
    line.add("-XX:-CreateCoredumpOnCrash");
    line.add("-XX:ErrorFile=" + temp.resolve("error"));
    line.add("-version");
    Path out = Files.createTempFile(temp, "version", "");
    return new ProcessBuilder(line)
        .redirectErrorStream(true)
        .redirectOutput(out.toFile())
        .start()
        .waitFor();
  }

  private static void check(Expected expected, Results results, Results unrestricted) {
    if (expected == Expected.LINE) {
      for (Ended each : List.of(results.walk, results.basic)) {
        assertThat(each.err()).startsWith("syslet: ").hasLineCount(1);
        assertThat(each.status()).isEqualTo(Main.INCOMPLETE);
      }
      return;
    }
    for (Ended each : results.all()) {
      if (expected != Expected.WARNED) {
        assertThat(each.err()).isEmpty();
      }
      assertThat(each.err()).doesNotContain("syslet: ", "\tat ");
      assertThat(each.status()).isZero();
    }
    List<String> said = new ArrayList<>(unrestricted.said());
    if (expected == Expected.LATE) {
      said.set(2, TAKEN_BACK + ENDED_LATE);
    }
    assertThat(results.said()).isEqualTo(said);
  }
}
