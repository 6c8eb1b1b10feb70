package io.syslet.examples.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Runs a command as root without a capability, whom files of others refuse like anybody. */
final class OtherUser {
  private static final int NOBODY = 65534;

  /** What comes before the command. */
  static final String[] LINE = {"setpriv", "--inh-caps=-all", "--bounding-set=-all"};

  /** What comes before a command of somebody who is not root, and may read the classes. */
  static final String[] ANOTHER = {
    "setpriv",
    "--reuid=" + NOBODY,
    "--regid=" + NOBODY,
    "--clear-groups",
    "--inh-caps=+dac_read_search",
    "--ambient-caps=+dac_read_search"
  };

  private OtherUser() {}

  /** Skips the test where that is not possible. */
  static void assumed() throws IOException {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "no setpriv");
    int uid = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    Assumptions.assumeTrue(uid == 0, "not root: cannot become another user");
  }

  /** Makes a file or folder belong to somebody else. */
  static void give(Path file) throws IOException {
    Files.setAttribute(file, "unix:uid", NOBODY);
  }
}
