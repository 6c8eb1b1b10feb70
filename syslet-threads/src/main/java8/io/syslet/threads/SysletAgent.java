package io.syslet.threads;

import java.lang.instrument.Instrumentation;

/**
 * Where the JVM enters the agent, {@code -javaagent:syslet-agent.jar}. The class file is of Java 8,
 * so that an older JVM can load it and be told why its virtual threads, or its lack of them, stay.
 */
public final class SysletAgent {
  private static final int NEEDED = 25;

  private SysletAgent() {}

  /** Called by the JVM before the program's main method; throws nothing. */
  public static void premain(String options, Instrumentation instrumentation) {
    String version = System.getProperty("java.specification.version", "0");
    if (!isEnough(version)) {
      say("needs a JDK of version " + NEEDED + " or later, this is " + version);
      return;
    }
    try {
      AgentLayer.install(options, instrumentation);
    } catch (Exception | LinkageError e) {
      say(e.toString());
    }
  }

  private static boolean isEnough(String version) {
    try {
      return Integer.parseInt(version) >= NEEDED;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static void say(String reason) {
    System.err.println("syslet: virtual threads stay the JDK's own: " + reason);
  }
}
