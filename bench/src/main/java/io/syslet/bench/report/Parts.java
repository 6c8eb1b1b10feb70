package io.syslet.bench.report;

import java.util.List;

/** All measurements, in the order in which they run. */
final class Parts {
  static final List<Part> ALL =
      List.of(
          Part.of("walk-hot", "The walk, hot", "walk-tree.sh hot", "walk-tree.sh --quick hot"),
          Part.of("walk-cold", "The walk, cold", "walk-tree.sh cold", "walk-tree.sh --quick cold"),
          Part.of(
              "walk-busy",
              "Beside busy programs",
              "walk-tree.sh busy",
              "walk-tree.sh --quick busy"),
          Part.of("copy", "The copy", "walk-tree.sh copy", "walk-tree.sh --quick copy"),
          Part.of("fio", "fio", "fio.sh .", "fio.sh . 1"),
          Part.of("ring", "The ring", "run ring", "run ring --quick"),
          Part.of("wake", "Waking a waiter", "run wake", "run wake 3 4000"),
          Part.of("entry", "The entry, hot", "run entry", "run entry 1 15"),
          handover("delays", "Calls that block"),
          handover("safepoint", "Time to safepoint"),
          handover("many", "Ten thousand calls in flight"),
          Part.of("soak", "A million calls", "run soak", "run soak 100000"),
          service("local", "Calls over shared memory", 5, 2),
          service("calls", "Calls beside an echo", 5, 2),
          service("crowd", "Many sessions", 3, 1),
          service("hostile", "Many sessions beside a hostile one", 5, 1),
          service("walk", "The walk through the service", 5, 5),
          threadlets("cold", "Cold reads beside a ticker"),
          threadlets("switches", "Switches"),
          threadlets("start", "A program that does nothing"),
          threadlets("hot", "Hot reads beside a ticker"),
          threadlets("programs", "Programs that nobody here wrote"),
          Part.of("coroutine", "Coroutines and pollers", "run coroutine", "run coroutine 1"),
          Part.of("journal", "The journal", "run journal", "run journal . 1"),
          Part.of("hadoop", "Hadoop and Spark", "hadoop.sh", "hadoop.sh --quick"));

  private Parts() {}

  private static Part handover(String part, String title) {
    String command = "run handover " + part;
    return Part.of("handover-" + part, title, command, command + " --quick");
  }

  private static Part service(String part, String title, int rounds, int quick) {
    String command = "run service " + part + " ";
    return Part.of("service-" + part, title, command + rounds, command + quick);
  }

  private static Part threadlets(String part, String title) {
    String command = "run threadlets " + part;
    return Part.of("threadlets-" + part, title, command, command + " 1");
  }
}
