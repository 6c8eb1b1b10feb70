package io.syslet.linux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Calls;
import io.syslet.Kernel;
import io.syslet.Syslet;
import io.syslet.kernel.contract.Rig;
import io.syslet.linux.events.Events;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A class of the port's own cannot be loaded, as where there are no more descriptors, when a worker
 * needs it: neither a worker nor a task is lost.
 */
class MissingClassesTest {
  @TempDir private Path folder;

  /** What a program prints that sleeps in calls and is recorded, without a class. */
  private String without(Class<?> missing) throws Exception {
    Path ours =
        Path.of(LinuxKernel.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path without = folder.resolve("classes");
    copy(ours, without, missing.getSimpleName() + ".class");
    List<String> command = OtherJvm.command(Sleeper.class, "");
    command.replaceAll(word -> replace(word, ours.toString(), without.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      return new String(process.getInputStream().readAllBytes(), UTF_8);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static void copy(Path from, Path to, String but) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.filter(path -> !path.endsWith(but)).toList()) {
        Files.copy(each, to.resolve(from.relativize(each).toString()));
      }
    }
  }

  private static String replace(String word, String entry, String by) {
    return Stream.of(word.split(File.pathSeparator, -1))
        .map(each -> each.equals(entry) ? by : each)
        .reduce((one, other) -> one + File.pathSeparator + other)
        .orElse("");
  }

  @Test
  void aTaskThatAsksForACallHasTheFailure() throws Exception {
    assertThat(without(CallRecorder.class)).contains("thrown: io/syslet/linux/CallRecorder\n");
  }

  @Test
  void aCallIsHandedOverThoughThatCannotBeRecorded() throws Exception {
    assertThat(without(MadeCall.class)).contains("NoClassDefFoundError", "MadeCall", "right\n");
  }

  @Test
  void moreWorkersAreMadeThoughNoSentinelIs() throws Exception {
    assertThat(without(Sentinel.class)).contains("NoClassDefFoundError", "right\n");
  }

  /** Sleeps in calls that are recorded, and then in more than there are workers at first. */
  static final class Sleeper {
    private static final int MANY = 40;
    private static final int ELEMENTS = 64;

    private Sleeper() {}

    public static void main(String[] arguments) throws Exception {
      try (Recording recording = new Recording();
          LinuxKernel kernel = LinuxKernel.boot(LinuxOptions.defaults().reactor(false))) {
        recording.enable("syslet.CallBlocked");
        recording.start();
        Events.look();
        kernel.run(Sleeper::sleep);
      }
    }

    private static void sleep(Kernel kernel) {
      try (Calls calls = Calls.of(kernel)) {
        EventsTest.sleepInPipe(calls);
        Rig rig = new Rig(kernel, ELEMENTS);
        for (int i = 0; i < MANY; i++) {
          assertThat(rig.read(i)).isEqualTo(-Syslet.ESYSLETPENDING);
        }
        rig.feed(MANY);
        System.out.println("right");
      } catch (NoClassDefFoundError e) {
        System.out.println("thrown: " + e.getMessage());
      }
    }
  }
}
