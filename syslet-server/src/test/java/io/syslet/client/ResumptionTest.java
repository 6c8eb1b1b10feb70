package io.syslet.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Syslet;
import io.syslet.client.wire.Address;
import io.syslet.kernel.contract.Rig;
import io.syslet.server.Served;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that break, and servers that die. */
class ResumptionTest {
  private static final int ROUNDS = 10;
  private static final long PID = 1;

  @TempDir private static Path temp;

  private static Path folder() throws IOException {
    return Files.createTempDirectory(temp, "r");
  }

  @ParameterizedTest
  @ValueSource(strings = {"unix", "tls"})
  void callsInFlightOutliveTheirConnection(String kind) throws Exception {
    try (Served served = Served.in(folder());
        RemoteKernel kernel = served.connect(kind)) {
      Rig rig = new Rig(kernel);
      for (int i = 0; i < ROUNDS; i++) {
        assertThat(rig.read(i)).isEqualTo(-Syslet.ESYSLETPENDING);
        kernel.breakConnection();
        rig.feed(1);
        assertThat(rig.await()).isEqualTo(1);
        assertThat(rig.consume()).isEqualTo(i);
      }
      assertThat(rig.ring.isEmpty()).isTrue();
      assertThat(kernel.stats().inFlight()).isZero();
    }
  }

  /** Whoever closes may do so while the link makes another connection: it ends all the same. */
  @ParameterizedTest
  @ValueSource(strings = {"unix", "tls"})
  void aKernelThatIsClosedWhileItConnectsAgainEnds(String kind) throws Exception {
    try (Served served = Served.in(folder())) {
      for (int i = 0; i < 50; i++) {
        RemoteKernel kernel = served.connect(kind);
        assertThat(kernel.syscall(Nr.GETPID, 0, 0, 0)).isPositive();
        kernel.breakConnection();
        LockSupport.parkNanos(i * 20_000L);
        kernel.close();
      }
    }
  }

  /**
   * The pump may drain while the watch says HELLO: a count of then is old, and no reason to end.
   */
  @Test
  void whoKeepsHisMemoryMayHaveConsumedMoreThanHeSays() throws Exception {
    try (Served served = Served.in(folder());
        LocalCaller caller = new LocalCaller(served.unix())) {
      caller.sleep();
      caller.consume(1);
      caller.disconnect();
      while (served.server().sessions().views().getFirst().isConnected()) {
        Thread.onSpinWait();
      }
      assertThat(served.server().sessions().views().getFirst().consumed()).isEqualTo(1);
      assertThat(caller.comeBack(0).hasFiles()).isFalse();
      caller.sleep();
      caller.consume(1);
    }
  }

  /** Breaks connections while calls are made: none is lost, none is made twice. */
  @ParameterizedTest
  @ValueSource(strings = {"unix", "tls"})
  void eachCallIsMadeOnceThoughConnectionsBreak(String kind) throws Exception {
    try (Served served = Served.in(folder());
        RemoteKernel kernel = served.connect(kind)) {
      Rig rig = new Rig(kernel);
      Thread breaker =
          new Thread(
              () -> {
                for (int i = 0; i < ROUNDS; i++) {
                  kernel.breakConnection();
                  kernel.syscall(Nr.GETPID, 0, 0, 0);
                }
              });
      breaker.start();
      long fed = 0;
      while (breaker.isAlive() || fed < 100) {
        rig.feed(1);
        fed++;
        rig.take(1);
      }
      breaker.join();
      assertThat(rig.read(1)).as("the pipe is empty").isEqualTo(-Syslet.ESYSLETPENDING);
      rig.feed(1);
      assertThat(rig.await()).isEqualTo(1);
    }
  }

  /** A server in a process of its own. */
  private static Process serve(Path folder, Served config) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            ServerMain.command(
                "unix:" + folder.resolve("killed"),
                config.root.toString(),
                config.certificates.certificate("server").toString(),
                config.certificates.key("server").toString(),
                config.certificates.authority().toString()));
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = builder.start();
    String line = process.inputReader().readLine();
    assertThat(line).startsWith("ready");
    return process;
  }

  /** What getpid answers once the loss of the old server has been told. */
  private static long afterwards(Kernel kernel) {
    long result = kernel.syscall(Nr.GETPID, 0, 0, 0);
    while (result == -Errno.EOWNERDEAD) {
      result = kernel.syscall(Nr.GETPID, 0, 0, 0);
    }
    return result > 0 ? PID : result;
  }

  /** Over TLS the session goes on with another server, unless it is to have one only. */
  @ParameterizedTest
  @CsvSource({"unix, false, false", "tls, false, true", "tls, true, false"})
  void whatWasInFlightWhenTheServerDiedEndsOnceAsUnknown(
      String kind, boolean oneServer, boolean goesOn) throws Exception {
    Path folder = folder();
    try (Served config = Served.in(folder)) {
      Address unix = new Address.Unix(folder.resolve("killed"));
      Process first = serve(folder, config);
      Process second = first;
      Address address = kind.equals("unix") ? unix : ServerMain.TLS;
      ClientOptions patient =
          config
              .client()
              .times(Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ZERO)
              .oneServer(oneServer);
      try (RemoteKernel kernel = RemoteKernel.connect(address, patient)) {
        Rig rig = new Rig(kernel);
        assertThat(rig.read(1)).isEqualTo(-Syslet.ESYSLETPENDING);
        assertThat(rig.read(2)).isEqualTo(-Syslet.ESYSLETPENDING);
        first.destroyForcibly().waitFor();
        second = serve(folder, config);
        assertThat(rig.await()).isEqualTo(-Errno.EOWNERDEAD);
        long one = rig.consume();
        assertThat(rig.await()).isEqualTo(-Errno.EOWNERDEAD);
        assertThat(one + rig.consume()).isEqualTo(3);
        assertThat(afterwards(kernel)).isEqualTo(goesOn ? PID : -Errno.ENOTCONN);
      } finally {
        second.destroy();
        assertThat(second.waitFor(20, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  @Test
  void withoutAServerEverythingEndsAndNothingHangs() throws Exception {
    Path folder = folder();
    try (Served config = Served.in(folder)) {
      Process only = serve(folder, config);
      Address unix = new Address.Unix(folder.resolve("killed"));
      ClientOptions impatient =
          config
              .client()
              .times(Duration.ofSeconds(1), Duration.ofMillis(100), Duration.ofMillis(1));
      try (Kernel kernel = RemoteKernel.connect(unix, impatient)) {
        Rig rig = new Rig(kernel);
        assertThat(rig.read(1)).isEqualTo(-Syslet.ESYSLETPENDING);
        only.destroyForcibly().waitFor();
        assertThat(rig.await()).isEqualTo(-Errno.EOWNERDEAD);
        assertThat(rig.consume()).isEqualTo(1);
        assertThat(afterwards(kernel)).isEqualTo(-Errno.ENOTCONN);
      }
    }
  }
}
