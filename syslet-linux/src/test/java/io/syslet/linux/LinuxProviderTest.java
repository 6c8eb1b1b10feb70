package io.syslet.linux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Kernel;
import io.syslet.KernelProvider;
import io.syslet.kernel.contract.Rig;
import org.junit.jupiter.api.Test;

/** The best kernel is this one, and where it cannot run the plain one is. */
class LinuxProviderTest {
  @Test
  void thisOneIsTheBestWhereItCanRun() throws Exception {
    assertThat(KernelProvider.all())
        .extracting(KernelProvider::name)
        .containsExactly("linux", "plain");
    try (Kernel kernel = Kernel.open()) {
      assertThat(kernel.name()).isEqualTo("linux");
      kernel.run(k -> assertThat(k.name()).isEqualTo("linux"));
    }
  }

  @Test
  void withoutFlagsThePlainOneIsAndItIsSaidWhy() throws Exception {
    Process process =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                System.getProperty("java.class.path"),
                OpenMain.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(said)
        .contains("linux: the JVM was started without --add-exports java.base/jdk.internal.misc")
        .endsWith("plain: a read of an empty pipe is -132, and then 1\n");
  }

  @Test
  void onAnotherMachineItSaysWhyItDoesNotBoot() throws Exception {
    assertThat(OtherJvm.run(BootMain.class, "-Dos.arch=riscv64"))
        .endsWith("refused: no native stub for riscv64\n");
  }

  /** Says why this kernel does not boot. */
  static final class BootMain {
    private BootMain() {}

    public static void main(String[] arguments) {
      try (Kernel _ = LinuxKernel.boot()) {
        System.out.println("booted");
      } catch (UnsupportedOperationException e) {
        System.out.println("refused: " + e.getMessage());
      }
    }
  }

  /** Opens the best kernel, and reads an empty pipe by it. */
  static final class OpenMain {
    private OpenMain() {}

    public static void main(String[] arguments) throws Exception {
      for (KernelProvider provider : KernelProvider.all()) {
        System.out.println(provider.name() + ": " + provider.unsupported());
      }
      try (Kernel kernel = Kernel.open()) {
        kernel.run(OpenMain::read);
      }
    }

    private static void read(Kernel kernel) {
      Rig rig = new Rig(kernel);
      long first = rig.read(1);
      rig.feed(1);
      System.out.println(
          kernel.name() + ": a read of an empty pipe is " + first + ", and then " + rig.await());
    }
  }
}
