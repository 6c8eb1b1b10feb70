package io.syslet.bench.threadlets;

import java.nio.file.Path;
import java.util.List;

/** Whose threads run a program, each in a JVM of its own. */
enum ThreadVariant {
  JDK("JDK's virtual threads", true),
  JDK_64(
      "the same, parallelism 64",
      true,
      "-Djdk.virtualThreadScheduler.parallelism=64",
      "-Djdk.virtualThreadScheduler.maxPoolSize=64"),
  POOL("a pool of 256 threads", false),
  THREADLETS(
      "threadlets, by the agent",
      true,
      "-javaagent:" + Path.of("../../syslet-threads/target/syslet-agent.jar") + "=jmx=off");

  final String title;
  final boolean virtual;

  @SuppressWarnings("ImmutableEnumChecker") // nobody else sees it
  private final String[] flags;

  ThreadVariant(String title, boolean virtual, String... flags) {
    this.title = title;
    this.virtual = virtual;
    this.flags = flags;
  }

  /** Flags of its JVM. */
  List<String> flags() {
    return List.of(flags);
  }
}
