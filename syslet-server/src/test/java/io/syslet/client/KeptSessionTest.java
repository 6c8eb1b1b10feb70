package io.syslet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syslet.Nr;
import io.syslet.kernel.contract.Rig;
import io.syslet.server.Served;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that is killed, and the next one, which goes on with its session. */
class KeptSessionTest {
  @TempDir private Path folder;
  private Path file;
  private Served served;
  private final List<Process> processes = new ArrayList<>();

  @BeforeEach
  void serve() throws IOException {
    file = folder.resolve("session");
    served = Served.in(folder);
  }

  @AfterEach
  void end() {
    for (Process each : processes) {
      each.destroyForcibly().onExit().join();
    }
    served.close();
  }

  private ClientOptions options() {
    return served.client().session(file);
  }

  private RemoteKernel connect(String kind) throws IOException {
    return RemoteKernel.connect(served.address(kind), options());
  }

  /** Runs a process until it has said so many lines, and kills it: the last line. */
  private String killed(String kind, String what, int pipe, int lines) throws Exception {
    Process process =
        new ProcessBuilder(
                ServerMain.java(
                    KeptCalls.class,
                    file.toString(),
                    served.address(kind).toString(),
                    served.certificates.authority().toString(),
                    served.certificates.certificate("client").toString(),
                    served.certificates.key("client").toString(),
                    what,
                    Integer.toString(pipe)))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    processes.add(process);
    String said = "";
    for (int i = 0; i < lines; i++) {
      said = String.valueOf(process.inputReader().readLine());
    }
    process.destroyForcibly().waitFor();
    return said;
  }

  private int killedReader(String kind) throws Exception {
    String pipe = killed(kind, "read", 0, 1);
    assertThat(pipe).startsWith("pipe ");
    return Integer.parseInt(pipe.substring("pipe ".length()));
  }

  /** The reads of the dead process end by what the next one writes, through its descriptor. */
  @ParameterizedTest
  @ValueSource(strings = {"unix", "tls"})
  void theNextProcessHasDescriptorsAndCompletions(String kind) throws Exception {
    int pipe = killedReader(kind);
    try (RemoteKernel kernel = connect(kind)) {
      KeptCalls.feed(kernel, pipe);
      assertThat(KeptCalls.inherited(kernel).split(" "))
          .containsExactlyInAnyOrder("RESUMED", "1=1", "2=1", "3=1");
      Rig rig = new Rig(kernel);
      rig.read(4);
      rig.feed(1);
      assertThat(rig.await()).isEqualTo(1);
      assertThat(rig.consume()).isEqualTo(4);
      assertThat(kernel.kept().inherited((status, data) -> {}, 0)).as("each once").isZero();
    }
    assertThat(served.server().sessions().views()).isEmpty();
  }

  /** What was not settled is told again, and what was is not. */
  @ParameterizedTest
  @ValueSource(strings = {"unix", "tls"})
  void completionsAreToldUntilTheyAreSettled(String kind) throws Exception {
    int pipe = killedReader(kind);
    String first = killed(kind, "take", pipe, 1);
    assertThat(first.split(" ")).containsExactlyInAnyOrder("RESUMED", "1=1", "2=1", "3=1");
    assertThat(killed(kind, "take", 0, 1)).isEqualTo(first);
    assertThat(killed(kind, "settle", 0, 2)).isEqualTo("settled");
    try (RemoteKernel kernel = connect(kind)) {
      assertThat(kernel.kept().origin()).isEqualTo(KeptSession.Origin.RESUMED);
      Rig rig = new Rig(kernel);
      rig.read(4);
      rig.feed(1);
      assertThat(rig.await()).isEqualTo(1);
      assertThat(kernel.kept().inherited((status, data) -> {}, 0)).isZero();
    }
  }

  /** A program may settle at any time, and as long as it likes: afterwards it is not heard. */
  @ParameterizedTest
  @ValueSource(strings = {"unix", "tls"})
  void whoSettlesWhileAndAfterTheKernelIsClosedDoesNothing(String kind) throws Exception {
    RemoteKernel kernel = connect(kind);
    KeptSession kept = kernel.kept();
    Rig rig = new Rig(kernel);
    rig.read(1);
    rig.feed(1);
    assertThat(rig.await()).isEqualTo(1);
    AtomicBoolean isOver = new AtomicBoolean();
    CompletableFuture<Void> settler =
        CompletableFuture.runAsync(
            () -> {
              while (!isOver.get()) {
                kept.settle(kept.arrived());
              }
            });
    kernel.close();
    isOver.set(true);
    settler.join();
    kept.settle(kept.arrived());
    kept.settle(1);
    try (RemoteKernel next = connect(kind)) {
      assertThat(next.kept().origin()).isEqualTo(KeptSession.Origin.NEW);
    }
  }

  /** Who has a copy of the file, and another certificate, gets a session of his own. */
  @Test
  void thePeerIsAskedForAsWellAsTheToken() throws Exception {
    killedReader("tls");
    Path copy = Files.copy(file, folder.resolve("copy"), StandardCopyOption.COPY_ATTRIBUTES);
    served.certificates.vouchFor("other");
    ClientOptions others =
        served
            .client()
            .tls(
                served.certificates.certificate("other"),
                served.certificates.key("other"),
                served.certificates.authority())
            .session(copy);
    try (RemoteKernel kernel = RemoteKernel.connect(served.address("tls"), others)) {
      assertThat(kernel.kept().origin()).isEqualTo(KeptSession.Origin.NEW);
    }
    try (RemoteKernel kernel = connect("tls")) {
      assertThat(kernel.kept().origin()).isEqualTo(KeptSession.Origin.RESUMED);
    }
  }

  /** One process at a time; what is there must be ours, and a session's. */
  @Test
  void theFileIsOurs() throws Exception {
    try (RemoteKernel kernel = connect("unix")) {
      assertThat(kernel.kept().origin()).isEqualTo(KeptSession.Origin.NEW);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThatThrownBy(() -> connect("unix")).hasMessageContaining("another process has");
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    assertThatThrownBy(() -> connect("unix")).hasMessageContaining("not ours alone");
    Files.delete(file);
    Files.createSymbolicLink(file, folder.resolve("elsewhere"));
    assertThatThrownBy(() -> connect("unix")).isInstanceOf(IOException.class);
    assertThat(folder.resolve("elsewhere")).doesNotExist();
    Files.delete(file);
    Files.writeString(file, "what somebody needs");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThatThrownBy(() -> connect("unix")).hasMessageContaining("not the file of a session");
    assertThat(Files.readString(file)).startsWith("what somebody needs");
  }

  /** A session that ended, by a goodbye or with the server's patience, is followed by a new one. */
  @Test
  void aSessionThatIsOverIsFollowedByANewOne() throws Exception {
    killedReader("unix");
    served.close();
    served = Served.in(Files.createDirectory(folder.resolve("other")));
    try (RemoteKernel kernel = connect("unix")) {
      assertThat(kernel.kept().origin()).isEqualTo(KeptSession.Origin.NEW);
      assertThat(kernel.syscall(Nr.GETPID, 0, 0, 0)).isPositive();
    }
    try (RemoteKernel kernel = connect("unix")) {
      assertThat(kernel.kept().origin()).isEqualTo(KeptSession.Origin.NEW);
    }
  }
}
