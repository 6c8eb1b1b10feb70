package io.syslet.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.syslet.server.ConfigFile;
import io.syslet.server.ServerOptions;
import io.syslet.server.ServiceManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server below systemd: what it says, and the files that say how it is started. */
class ServiceManagerTest {
  private static final Path DIST = Path.of("..", "dist");

  @TempDir private Path dir;

  @Test
  void aServerSaysThatItIsReadyGoesOnAndEnds() throws Exception {
    Path name = dir.resolve("notify");
    try (NotifySocket manager = new NotifySocket(name.toString())) {
      Process server = serve(Map.of("NOTIFY_SOCKET", name.toString(), "WATCHDOG_USEC", "300000"));
      try {
        assertThat(manager.next()).isEqualTo("READY=1");
        assertThat(manager.next()).isEqualTo("WATCHDOG=1");
        assertThat(manager.next()).isEqualTo("WATCHDOG=1");
        server.destroy();
        String next = manager.next();
        while (next.equals("WATCHDOG=1")) {
          next = manager.next();
        }
        assertThat(next).isEqualTo("STOPPING=1");
        assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(server.exitValue()).isZero();
      } finally {
        server.destroyForcibly();
      }
    }
  }

  private Process serve(Map<String, String> environment) throws IOException {
    List<String> line = new ArrayList<>(SysletProcess.java());
    line.addAll(List.of("serve", "--root", dir.toString(), "--journal", "off", "--http", "off"));
    line.addAll(List.of("--listen", "unix:" + dir.resolve("sock")));
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return builder.redirectOutput(dir.resolve("out").toFile()).start();
  }

  @Test
  void anAbstractNameIsOneToo() {
    String name = "@syslet-test-" + ProcessHandle.current().pid();
    try (NotifySocket manager = new NotifySocket(name)) {
      ServiceManager.of(Map.of("NOTIFY_SOCKET", name)).ready();
      assertThat(manager.next()).isEqualTo("READY=1");
    }
  }

  @Test
  void withoutASocketNothingIsSaid() {
    ServiceManager.of(Map.of()).ready();
    ServiceManager.of(Map.of("NOTIFY_SOCKET", "vsock:2:1234")).ready();
    ServiceManager.of(Map.of("NOTIFY_SOCKET", "/" + "x".repeat(200))).ready();
    ServiceManager.of(Map.of("NOTIFY_SOCKET", dir.resolve("nobody").toString())).ready();
  }

  @Test
  void theWatchdogsTimeIsOnlyForTheProcessThatItNames() {
    String ours = Long.toString(ProcessHandle.current().pid());
    assertThat(watchdog("30000000", ours)).isEqualTo(Duration.ofSeconds(30));
    assertThat(watchdog("30000000", "1")).isEqualTo(Duration.ZERO);
    assertThat(watchdog("soon", ours)).isEqualTo(Duration.ZERO);
    assertThat(watchdog("-1", ours)).isEqualTo(Duration.ZERO);
    assertThat(watchdog(Long.toString(Long.MAX_VALUE), ours)).isEqualTo(Duration.ZERO);
  }

  private static Duration watchdog(String micros, String pid) {
    return ServiceManager.of(
            Map.of("NOTIFY_SOCKET", "/n", "WATCHDOG_USEC", micros, "WATCHDOG_PID", pid))
        .watchdog();
  }

  @Test
  void systemdTakesTheUnits() throws Exception {
    assumeTrue(run("systemd-analyze", "--version") == 0, "no systemd here");
    String unit = Files.readString(DIST.resolve("syslet.service"));
    String here = unit.replaceAll("(?m)^ExecStart=.*", "ExecStart=/bin/true");
    Path file = Files.writeString(dir.resolve("syslet.service"), here);
    Path socket = Files.copy(DIST.resolve("syslet.socket"), dir.resolve("syslet.socket"));
    assertThat(run("systemd-analyze", "verify", "--man=no", file.toString(), socket.toString()))
        .as(Files.readString(dir.resolve("run")))
        .isZero();
    assertThat(unit).contains("Type=notify", "/etc/syslet/serve.json");
  }

  private int run(String... line) throws InterruptedException {
    try {
      Path out = dir.resolve("run");
      return new ProcessBuilder(line)
          .redirectErrorStream(true)
          .redirectOutput(out.toFile())
          .start()
          .waitFor();
    } catch (IOException e) {
      return -1;
    }
  }

  @Test
  void theConfigurationIsOne() throws Exception {
    Path file = dir.resolve("serve.json");
    Files.copy(DIST.resolve("serve.json"), file);
    ServerOptions options = new ServerOptions();
    ConfigFile.read(file, options);
    assertThat(options.listen).containsExactly("unix:/run/syslet/syslet.sock");
    assertThat(options.journal).isEqualTo("/var/lib/syslet/journal");
  }
}
