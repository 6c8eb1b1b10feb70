package io.syslet.kernel.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Syslet;
import io.syslet.Task;
import io.syslet.kernel.contract.Rig;
import io.syslet.ring.Memory;
import io.syslet.table.CallTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same seed gives the same bytes. */
class DeterminismTest {
  private static final int TASKS = 5;
  private static final int ROUNDS = 40;

  @TempDir private Path directory;

  /** Random naps, pipes and batches of several tasks, by the machine's own random calls. */
  private static String run(SimOptions options) throws Exception {
    try (SimKernel kernel = SimKernel.boot(options)) {
      Task[] tasks = new Task[TASKS];
      for (int i = 0; i < TASKS; i++) {
        tasks[i] = kernel.start(DeterminismTest::program);
      }
      for (Task task : tasks) {
        task.join();
      }
      return kernel.traceSha256();
    }
  }

  private static void program(Kernel kernel) {
    Rig rig = new Rig(kernel, 64);
    CallSlots slots = rig.slots(4);
    int inFlight = 0;
    for (int i = 0; i < ROUNDS; i++) {
      slots.set(0, 0, Nr.GETPPID, 0, 0, 0, 0, 0, 0);
      slots.set(1, 1, Nr.NANOSLEEP, timespec(rig, random(kernel, rig)), 0, 0, 0, 0, 0);
      slots.set(2, 2, Nr.READ, rig.in, rig.buffer, 1, 0, 0, 0);
      slots.set(3, 3, Nr.WRITE, rig.out, rig.buffer, 1, 0, 0, 0);
      inFlight += submit(kernel, slots);
      while (inFlight > 20) {
        assertThat(kernel.ringWait(rig.ring, rig.ring.tail())).isZero();
        rig.consume();
        inFlight--;
      }
    }
  }

  private static int submit(Kernel kernel, CallSlots slots) {
    int pending = 0;
    for (int first = 0; first < 4; ) {
      int accepted = kernel.indirect(slots, first, 4 - first, 0);
      if (accepted == -Errno.EAGAIN) {
        continue;
      }
      assertThat(accepted).isPositive();
      first += accepted;
      pending += slots.status(first - 1) == -Syslet.ESYSLETPENDING ? 1 : 0;
    }
    return pending;
  }

  private static long random(Kernel kernel, Rig rig) {
    long call = CallTable.number("getrandom");
    assertThat(kernel.syscall(call, rig.buffer, 8, 0)).isEqualTo(8);
    return (Memory.getLong(rig.buffer) & 0xf_ffff) + 1;
  }

  private static long timespec(Rig rig, long nanos) {
    long at = rig.timespec(0);
    Memory.putLong(at + 8, nanos);
    return at;
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 123_456_789})
  void theSameSeedGivesTheSameTrace(long seed) throws Exception {
    SimOptions options = SimOptions.defaults().seed(seed);
    assertThat(run(options)).isEqualTo(run(options));
  }

  @Test
  void anotherSeedGivesAnotherTrace() throws Exception {
    assertThat(run(SimOptions.defaults().seed(1))).isNotEqualTo(run(SimOptions.defaults().seed(2)));
  }

  @Test
  void faultsAreTheSeedsToo() throws Exception {
    SimOptions options =
        SimOptions.defaults()
            .fault(Fault.SPURIOUS_WAKE, 3)
            .fault(Fault.SPARE_KILLED, 7)
            .fault(Fault.RING_FULL, 9);
    String first = run(options);
    assertThat(run(options)).isEqualTo(first);
    assertThat(run(SimOptions.defaults())).isNotEqualTo(first);
  }

  @Test
  void whatIsWrittenIsWhatIsHashed() throws Exception {
    Path file = directory.resolve("trace");
    String hash;
    try (SimKernel kernel = SimKernel.boot(SimOptions.defaults().trace(file))) {
      kernel.run(DeterminismTest::program);
      hash = kernel.traceSha256();
      byte[] bytes = Files.readAllBytes(file);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      assertThat(HexFormat.of().formatHex(digest)).isEqualTo(hash);
    }
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).allMatch(line -> line.matches("\\d+ [a-z-]+( .*)?"));
    assertThat(lines.stream().map(line -> line.split(" ", 3)[1]))
        .contains("start", "run", "pend", "sleep", "done", "end", "close", "exit");
    List<Long> times = lines.stream().map(line -> Long.valueOf(line.split(" ", 3)[0])).toList();
    assertThat(times).as("the clock is monotone").isSorted();
  }
}
