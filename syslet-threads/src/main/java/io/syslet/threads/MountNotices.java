package io.syslet.threads;

import io.syslet.kernel.VmFlags;
import io.syslet.kernel.VmStructs;
import io.syslet.ring.Memory;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import jdk.internal.access.SharedSecrets;
import jdk.internal.misc.VM;

/**
 * What JVMTI is told of each mount and unmount of a virtual thread. The JVM does so from the start
 * if it starts with an agent of any kind, also one that asks for nothing, as ours; it takes about
 * as long as the switch itself. A JVM without agents begins with it when the first comes. So if
 * there is no other that may ask, it is put into that state, by the interface of the JDK's tests.
 */
final class MountNotices {
  private static final String DOOR = "jdk.test.whitebox.WhiteBox";
  private static final List<String> TOOLS = List.of("-agentlib:", "-agentpath:", "-Xrun");

  private MountNotices() {}

  /**
   * Switches them off, unless the JVM was started with a tool such as a debugger; has no effect
   * where the JVM has no such interface. May be called at any time, by one thread.
   */
  static void stop() {
    if (hasTools()) {
      return;
    }
    VmFlags flags = VmFlags.open();
    long api = flags.address("WhiteBoxAPI");
    long output = flags.address("DisplayVMOutput");
    if (api == VmStructs.NOT_FOUND || output == VmStructs.NOT_FOUND) {
      return;
    }
    try {
      Class<?> door = define();
      boolean _ = open(door, api, output);
      door.getMethod("setVirtualThreadsNotifyJvmtiMode", boolean.class).invoke(null, false);
    } catch (ReflectiveOperationException | IOException | LinkageError e) {
      // They stay: switches take longer.
    }
  }

  private static boolean hasTools() {
    for (String argument : VM.getRuntimeArguments()) {
      for (String tool : TOOLS) {
        if (argument.startsWith(tool)) {
          return true;
        }
      }
    }
    return false;
  }

  private static Class<?> define() throws IOException {
    try (InputStream code =
        MountNotices.class.getResourceAsStream("/" + DOOR.replace('.', '/') + ".class")) {
      if (code == null) {
        throw new IOException("not in the agent");
      }
      return SharedSecrets.getJavaLangAccess()
          .defineClass(null, DOOR, code.readAllBytes(), null, null);
    }
  }

  /** Lets the JVM register what it has, and not print that the class has no more than it needs. */
  private static boolean open(Class<?> door, long api, long output) throws ClassNotFoundException {
    byte shown = Memory.getByte(output);
    Memory.putByte(api, (byte) 1);
    Memory.putByte(output, (byte) 0);
    try {
      return Class.forName(door.getName(), true, null) == door;
    } finally {
      Memory.putByte(output, shown);
      Memory.putByte(api, (byte) 0);
    }
  }
}
