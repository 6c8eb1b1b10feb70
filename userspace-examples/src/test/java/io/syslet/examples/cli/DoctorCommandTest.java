package io.syslet.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Nr;
import io.syslet.examples.cli.SysletProcess.Ended;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** {@code syslet doctor}, on this machine and where something is refused. */
class DoctorCommandTest {
  private static final int ENOSYS = 38;

  @TempDir private static Path tools;

  private static SysletProcess refusing(String call) throws Exception {
    return Refuse.in(tools).process(ENOSYS, call);
  }

  private static JsonNode json(Ended ended) {
    return new ObjectMapper().readTree(ended.out());
  }

  private static String grade(JsonNode report, String name) {
    for (JsonNode finding : report.get("findings")) {
      if (finding.get("name").asString().equals(name)) {
        return finding.get("grade").asString();
      }
    }
    return "not there";
  }

  @Test
  void whereTheWalkRunsTheStatusIsZeroAndAllInternalsWork() throws Exception {
    Ended ended = SysletProcess.plain().run("doctor", "--json");
    assertThat(ended.err()).isEmpty();
    assertThat(ended.status()).isZero();
    JsonNode report = json(ended);
    assertThat(report.get("walk").asBoolean()).isTrue();
    assertThat(report.get("kernel").asString()).isEqualTo("linux");
    assertThat(report.get("detector").asString()).isIn("sentinel", "sysmon", "switch records");
    assertThat(report.get("sleeps").asInt()).isPositive();
    for (String internal :
        new String[] {
          "JDK",
          "jdk.internal.misc.Unsafe",
          "ThreadBuilders.VirtualThreadBuilder(Executor)",
          "Thread.currentCarrierThread",
          "Thread.eetop and gHotSpotVMStructs",
          "ForkJoinWorkerThread.workQueue",
          "native stub",
          "jdk.internal.vm.Continuation",
          "kernel linux",
          "kernel plain"
        }) {
      assertThat(grade(report, internal)).as(internal).isEqualTo("ok");
    }
    for (String there :
        new String[] {
          "rseq",
          "io_uring",
          "FUSE",
          "reactor: epoll, eventfd",
          "cancel: tgkill, rt_sigaction",
          "load",
          "RLIMIT_NOFILE",
          "RLIMIT_NPROC",
          "cgroup cpu.max"
        }) {
      assertThat(grade(report, there)).as(there).isNotEqualTo("not there");
    }
  }

  @Test
  void forPeopleTheFaultOfTheJdkIsNamed() throws Exception {
    Ended ended = SysletProcess.plain().run("doctor");
    assertThat(ended.err()).isEmpty();
    assertThat(ended.status()).isZero();
    assertThat(ended.out()).startsWith("the walk can run\nkernel linux, detector ");
    if (Runtime.version().feature() == 25) {
      assertThat(ended.out()).contains("JDK-8364343", "to do: take dumps by jstack");
    }
  }

  @Test
  void forPeopleWhatIsRefusedSaysWhatItCosts() throws Exception {
    Ended ended = refusing("" + Nr.EPOLL_CREATE1).run("doctor");
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out())
        .contains("reactor: epoll, eventfd", "costs: a call on a pipe or socket holds a worker");
  }

  @Test
  void withoutExecutablePagesTheStubIsLoadedFromAFile() throws Exception {
    Ended ended = refusing(Nr.MPROTECT + ":2=5").run("doctor", "--json");
    assertThat(ended.err()).isEmpty();
    assertThat(ended.status()).isZero();
    JsonNode report = json(ended);
    assertThat(report.get("kernel").asString()).isEqualTo("linux");
    assertThat(grade(report, "executable pages")).isEqualTo("degraded");
  }

  @Test
  void withoutThatFileOneLineSaysThatItCannotRun() throws Exception {
    SysletProcess process = refusing(Nr.MPROTECT + ":2=5").flag("-Djava.io.tmpdir=/proc");
    Ended ended = process.run("doctor", "--json");
    assertThat(ended.status()).isEqualTo(Main.INCOMPLETE);
    assertThat(ended.err())
        .isEqualTo("syslet: cannot run here: executable pages are refused here (mprotect)\n");
    JsonNode report = json(ended);
    assertThat(report.get("walk").asBoolean()).isFalse();
    assertThat(report.get("kernel").asString()).isEqualTo("plain");
    assertThat(report.get("handed_over").asInt()).isPositive();
    assertThat(grade(report, "kernel linux")).isEqualTo("missing");
  }

  @ParameterizedTest
  @CsvSource({
    "sched_setaffinity, SCHED_SETAFFINITY",
    "SCHED_IDLE, SCHED_SETSCHEDULER",
    "statx, STATX",
    "'openat2, RESOLVE_CACHED', OPENAT2",
    "memfd_create, MEMFD_CREATE",
    "'reactor: epoll, eventfd', EPOLL_CREATE1",
    "'reactor: epoll, eventfd', EVENTFD2",
    "'cancel: tgkill, rt_sigaction', TGKILL",
  })
  void whatIsRefusedIsDegradedAndTheWalkStillRuns(String name, String call) throws Exception {
    long nr = Nr.class.getField(call).getLong(null);
    Ended ended = refusing("" + nr).run("doctor", "--json");
    assertThat(ended.err()).doesNotContain("syslet: ");
    assertThat(ended.status()).isZero();
    assertThat(grade(json(ended), name)).isEqualTo("degraded");
  }
}
