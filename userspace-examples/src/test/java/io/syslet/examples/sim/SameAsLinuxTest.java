package io.syslet.examples.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.kernel.sim.Credentials;
import io.syslet.kernel.sim.SimKernel;
import io.syslet.kernel.sim.SimOptions;
import io.syslet.kernel.sim.fs.SimFs;
import io.syslet.linux.LinuxKernel;
import io.syslet.linux.LinuxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The simulated file system answers as this machine's kernel does: the same random calls on both,
 * in a directory of their own. Calls that change the whole process (chdir, umask) are not among
 * them.
 */
class SameAsLinuxTest {
  private static final int SEEDS = Boolean.getBoolean("syslet.long") ? 2000 : 40;
  private static final long FIRST = Long.getLong("syslet.seed", 1);
  private static final int STEPS = 400;

  @TempDir static Path temporary = Path.of("");

  private final Installed installed = new Installed();

  @Test
  void sameResultsForTheSameCalls() throws IOException {
    try (Kernel linux = LinuxKernel.boot(LinuxOptions.defaults());
        Kernel simulated = SimKernel.boot(SimOptions.defaults(), installed)) {
      for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
        Path directory = Files.createDirectories(temporary.resolve("s" + seed + "/x/y"));
        Side real = new Side(linux, directory.toString());
        Side ours = new Side(simulated, directory(simulated, seed, directory));
        compare(seed, real, ours);
        real.closeAll();
        ours.closeAll();
      }
    }
  }

  /** A directory of the simulated file system that is ours as much as the real one. */
  private String directory(Kernel kernel, long seed, Path like) throws IOException {
    installed.process().credentials(Credentials.ROOT);
    String path = "/s" + seed;
    Side root = new Side(kernel, "/");
    int uid = (int) Files.getAttribute(like, "unix:uid");
    int gid = (int) Files.getAttribute(like, "unix:gid");
    assertThat(root.call(Nr.MKDIRAT, Sys.AT_FDCWD, root.path(path), 0755)).isZero();
    assertThat(root.call(Nr.FCHOWNAT, Sys.AT_FDCWD, root.path(path), uid, gid)).isZero();
    root.call(Nr.UMASK, umask());
    root.closeAll();
    installed.process().credentials(Credentials.of(uid, gid));
    return path;
  }

  private static int umask() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("Umask:")) {
        return Integer.parseInt(line.substring(6).trim(), 8);
      }
    }
    return 022;
  }

  private void compare(long seed, Side real, Side ours) {
    Steps steps = new Steps(new SplittableRandom(seed));
    List<String> before = new ArrayList<>();
    for (int i = 0; i < STEPS; i++) {
      if (i % 50 == 49) {
        installed.fs().drop(SimFs.PAGES | SimFs.NAMES);
      }
      Steps.Step step = steps.next();
      Object expected = step.call().apply(real);
      before.add(step.name() + " = " + expected);
      assertThat(step.call().apply(ours))
          .as("-Dsyslet.seed=%d, step %d, after\n%s", seed, i, String.join("\n", before))
          .isEqualTo(expected);
    }
  }
}
