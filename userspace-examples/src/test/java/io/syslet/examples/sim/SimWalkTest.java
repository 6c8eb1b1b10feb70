package io.syslet.examples.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.examples.AsyncReady;
import io.syslet.examples.Basic;
import io.syslet.examples.Mode;
import io.syslet.examples.WalkOptions;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Walks in virtual time: their figures follow from the machine. */
class SimWalkTest {
  private static final int FILES = 5000;
  private static final SimSetup MACHINE = SimSetup.defaults().files(FILES);

  @TempDir Path folder = Path.of("");

  private static SimWalk cold(SimSetup machine, Mode mode) throws Exception {
    try (SimMachineRoom room = new SimMachineRoom(machine)) {
      return room.walk(options(machine, mode));
    }
  }

  private static WalkOptions options(SimSetup machine, Mode mode) {
    return WalkOptions.defaults().mode(mode).tasks(1).inFlight(machine.inFlight());
  }

  private static double speedUp(SimSetup machine) throws Exception {
    double serial = cold(machine, Mode.SYNC).virtualNanos();
    return serial / cold(machine, Mode.ASYNC).virtualNanos();
  }

  @ParameterizedTest
  @EnumSource
  void everyWayOfWalkingFindsTheSameTree(Mode mode) throws Exception {
    SimWalk serial = cold(MACHINE, Mode.SYNC);
    SimWalk walk = cold(MACHINE, mode);
    assertThat(walk.found().entries()).isEqualTo(FILES - 1);
    assertThat(walk.found().bytes()).isEqualTo(serial.found().bytes());
    assertThat(walk.found().directories()).isEqualTo(serial.found().directories());
    assertThat(walk.found().errors()).isZero();
  }

  @Test
  void oneSeedGivesOneTraceAndAnotherSeedAnother() throws Exception {
    String once = cold(MACHINE, Mode.ASYNC).sha256();
    assertThat(cold(MACHINE, Mode.ASYNC).sha256()).isEqualTo(once);
    assertThat(cold(MACHINE.seed(1), Mode.ASYNC).sha256()).isNotEqualTo(once);
  }

  @Test
  void theTraceThatIsWrittenIsTheOneThatIsHashed() throws Exception {
    Path trace = folder.resolve("trace");
    String hash = cold(MACHINE.trace(trace), Mode.ASYNC).sha256();
    try (SimMachineRoom room = new SimMachineRoom(MACHINE.trace(trace))) {
      assertThat(room.walk(options(MACHINE, Mode.ASYNC)).sha256()).isEqualTo(hash);
      byte[] written = Files.readAllBytes(trace);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(written);
      assertThat(HexFormat.of().formatHex(digest)).isEqualTo(hash);
      assertThat(new String(written, StandardCharsets.US_ASCII).lines())
          .anyMatch(line -> line.contains(" disk.start "))
          .anyMatch(line -> line.contains(" disk.end "))
          .allMatch(line -> line.matches("\\d+ [a-z].*"));
    }
  }

  @Test
  void hotSysletsCostWhatSerialCallsDo() throws Exception {
    assertThat(hot(Mode.ASYNC) / hot(Mode.SYNC)).isBetween(0.99, 1.01);
  }

  private static double hot(Mode mode) throws Exception {
    try (SimMachineRoom room = new SimMachineRoom(MACHINE)) {
      assertThat(room.walk(options(MACHINE, mode)).reads()).isPositive();
      SimWalk again = room.walk(options(MACHINE, mode));
      assertThat(again.reads()).isZero();
      return again.virtualNanos();
    }
  }

  @Test
  void coldSysletsKeepTheDiskBusy() throws Exception {
    assertThat(speedUp(MACHINE)).isGreaterThan(2);
  }

  @Test
  void aQueueOfOneTakesTheSpeedUpAway() throws Exception {
    assertThat(speedUp(MACHINE.queueDepth(1))).isLessThan(1.3);
  }

  /** With an arm so slow that seeks, and not the turning platter, are what the time goes to. */
  @Test
  void twiceTheSeekTimeMovesTheColdTime() throws Exception {
    SimSetup arm = MACHINE.seekFactor(20);
    double as = cold(arm, Mode.SYNC).virtualNanos();
    double doubled = cold(arm.seekFactor(40), Mode.SYNC).virtualNanos();
    assertThat(doubled / as).isGreaterThan(1.5);
  }

  @Test
  void flashBeatsTheDisk() throws Exception {
    long disk = cold(MACHINE, Mode.ASYNC).virtualNanos();
    long flash = cold(MACHINE.disk(DiskKind.SSD), Mode.ASYNC).virtualNanos();
    assertThat(flash).isLessThan(disk / 5);
  }

  @Test
  void noWalkIsMuchFasterThanTheDiskAlone() throws Exception {
    SimWalk walk = cold(MACHINE, Mode.ASYNC);
    assertThat((double) walk.virtualNanos() / walk.boundNanos()).isGreaterThan(0.9);
  }

  // ---- the other programs, unchanged

  @Test
  void basicRunsUnchanged() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (SimMachineRoom room = new SimMachineRoom(MACHINE)) {
      room.kernel().run(new Basic(out));
    }
    assertThat(out.toString(StandardCharsets.UTF_8)).isNotBlank();
  }

  @Test
  void asyncReadyRunsUnchanged() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (SimMachineRoom room = new SimMachineRoom(MACHINE)) {
      room.kernel().run(kernel -> new AsyncReady(kernel, new byte[] {'/'}, out, out).run(kernel));
    }
    long directories = cold(MACHINE, Mode.SYNC).found().directories();
    assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize((int) directories + 1);
  }
}
