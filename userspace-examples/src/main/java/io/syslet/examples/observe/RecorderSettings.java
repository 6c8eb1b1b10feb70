package io.syslet.examples.observe;

import java.util.ArrayList;
import java.util.List;

/** What a flight recorder is to record of us, as its options say it. */
public final class RecorderSettings {
  private static final String[] ALWAYS = {
    "CallBlocked", "HandedOver", "Completed", "Missed", "Slept", "Waited", "Call"
  };

  private RecorderSettings() {}

  /** For {@code top}: what blocks, and calls that took so long that they may have slept. */
  public static List<String> top() {
    List<String> options = options(20);
    options.add("+syslet.Blocked#enabled=true");
    return options;
  }

  /** For {@code trace}: also what ran where, and calls that took so many microseconds. */
  public static List<String> trace(long micros) {
    List<String> options = options(micros);
    options.add("+syslet.Turn#enabled=true");
    options.add("+jdk.JVMInformation#enabled=true");
    return options;
  }

  private static List<String> options(long micros) {
    List<String> options = new ArrayList<>();
    options.add("settings=none");
    for (String event : ALWAYS) {
      options.add("+syslet." + event + "#enabled=true");
    }
    options.add("+syslet.Call#threshold=" + micros + "us");
    return options;
  }
}
