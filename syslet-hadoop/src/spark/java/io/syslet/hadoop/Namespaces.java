package io.syslet.hadoop;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * Hosts made up of network namespaces, each with an address that this one can reach. Takes root.
 */
final class Namespaces implements AutoCloseable {
  private final String prefix = "sy" + ProcessHandle.current().pid() % 100_000;
  private final int count;

  /** Makes some, or skips the test, visibly, where that is not allowed. */
  Namespaces(int count) throws Exception {
    this.count = count;
    Assumptions.assumeTrue(
        run("ip", "netns", "add", prefix + "0"), "network namespaces take root and ip(8)");
    for (int i = 0; i < count; i++) {
      make(i);
    }
  }

  private void make(int i) throws Exception {
    String name = prefix + i;
    String here = prefix + "h" + i;
    String there = prefix + "t" + i;
    if (i > 0) {
      must("ip", "netns", "add", name);
    }
    must("ip", "link", "add", here, "type", "veth", "peer", "name", there, "netns", name);
    must("ip", "addr", "add", "10.213." + i + ".1/24", "dev", here);
    must("ip", "link", "set", here, "up");
    must("ip", "-n", name, "addr", "add", address(i) + "/24", "dev", there);
    must("ip", "-n", name, "link", "set", there, "up");
    must("ip", "-n", name, "link", "set", "lo", "up");
  }

  String address(int i) {
    return "10.213." + i + ".2";
  }

  /** What runs a command in one. */
  List<String> in(int i) {
    return List.of("ip", "netns", "exec", prefix + i);
  }

  private static void must(String... command) throws Exception {
    if (!run(command)) {
      throw new IOException(String.join(" ", command));
    }
  }

  private static boolean run(String... command) {
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    for (int i = 0; i < count; i++) {
      boolean done = run("ip", "netns", "del", prefix + i);
      assert done;
    }
  }
}
