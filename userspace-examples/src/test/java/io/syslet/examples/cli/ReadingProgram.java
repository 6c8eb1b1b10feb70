package io.syslet.examples.cli;

import io.syslet.Calls;
import io.syslet.Kernel;
import io.syslet.Sys;
import io.syslet.linux.LinuxKernel;
import io.syslet.linux.LinuxOptions;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A program to be looked at: says when so many reads of an empty pipe are in flight, ends them at
 * each line of its input and begins others, and ends with its input.
 */
final class ReadingProgram {
  private static final int READS = 5;

  private ReadingProgram() {}

  public static void main(String[] arguments) throws Exception {
    try (Kernel kernel = LinuxKernel.boot(LinuxOptions.defaults().reactor(false))) {
      kernel.run(ReadingProgram::read);
    }
  }

  private static void read(Kernel kernel) throws IOException {
    try (Calls calls = Calls.of(kernel)) {
      MemorySegment pipe = calls.allocate(8);
      calls.pipe2(pipe, Sys.O_CLOEXEC).awaitOrThrow();
      MemorySegment buffer = calls.allocate(READS);
      int in;
      do {
        for (int i = 0; i < READS; i++) {
          calls.read(pipe.get(ValueLayout.JAVA_INT, 0), buffer.asSlice(i, 1)).then(status -> {});
        }
        calls.submit();
        System.out.println("reads");
        System.out.flush();
        in = System.in.read();
        calls.write(pipe.get(ValueLayout.JAVA_INT, 4), calls.allocate(READS)).awaitOrThrow();
        calls.awaitAll();
      } while (in >= 0);
    }
  }
}
