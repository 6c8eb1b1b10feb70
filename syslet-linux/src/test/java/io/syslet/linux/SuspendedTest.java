package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.LaunchingConnector;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A debugger that stops the whole program for as long as it likes. */
class SuspendedTest {
  private static final int STOPS = 10;

  @Test
  void aDebuggerUsesUpNoSpares() throws Exception {
    LaunchingConnector connector = Bootstrap.virtualMachineManager().defaultConnector();
    VirtualMachine machine = connector.launch(arguments(connector));
    Process process = machine.process();
    CompletableFuture<String> printed = CompletableFuture.supplyAsync(() -> text(process));
    for (int i = 0; i < STOPS; i++) {
      machine.resume();
      Thread.sleep(50);
      machine.suspend();
      Thread.sleep(50);
    }
    machine.resume();
    machine.dispose();
    assertThat(process.waitFor()).as("status; printed: %s", printed.get()).isZero();
  }

  private static Map<String, Connector.Argument> arguments(LaunchingConnector connector) {
    Map<String, Connector.Argument> arguments = connector.defaultArguments();
    String classPath = System.getProperty("java.class.path", "");
    set(arguments, "main", WakeUps.class.getName() + " 20000 4000");
    set(arguments, "options", String.join(" ", OtherJvm.flags()) + " -cp " + classPath);
    return arguments;
  }

  private static void set(Map<String, Connector.Argument> arguments, String name, String value) {
    Objects.requireNonNull(arguments.get(name)).setValue(value);
  }

  private static String text(Process process) {
    try (InputStream in = process.getErrorStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (java.io.IOException e) {
      return e.toString();
    }
  }
}
