package io.syslet.kernel.cpu;

import io.syslet.Errno;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.Test;

/**
 * The processor's word, linearizable: Lincheck's model checker goes through the interleavings of
 * its steps.
 */
public class CpuLincheckTest {
  private static final int ITERATIONS = Boolean.getBoolean("syslet.long") ? 300 : 4;

  private final HostedCpu cpu = new HostedCpu(new RealHost(), irq -> {}, () -> {});

  /** As the processor's, by thread. */
  @Operation
  public int tryGet(@Param(gen = ThreadIdGen.class) int thread) {
    return cpu.tryGet();
  }

  /** Whether it was the caller's to give. */
  @Operation
  public boolean put(@Param(gen = ThreadIdGen.class) int thread) {
    try {
      cpu.put();
      return true;
    } catch (IllegalStateException unbalanced) {
      return false;
    }
  }

  /** As the processor's. */
  @Operation
  public void shutdown() {
    cpu.shutdown();
  }

  @Test
  void linearizable() {
    new ModelCheckingOptions()
        .iterations(ITERATIONS)
        .invocationsPerIteration(500)
        .threads(3)
        .actorsPerThread(3)
        .actorsBefore(0)
        .actorsAfter(0)
        .sequentialSpecification(Sequential.class)
        .check(getClass());
  }

  /** What it must look like. */
  public static class Sequential {
    private static final int NOBODY = -1;

    private int owner = NOBODY;
    private int nesting;
    private boolean closed;

    /** As above. */
    public int tryGet(int thread) {
      if (owner != thread && closed) {
        return -Errno.ESHUTDOWN;
      }
      if (owner != thread && owner != NOBODY) {
        return 0;
      }
      owner = thread;
      nesting++;
      return 1;
    }

    /** As above. */
    public boolean put(int thread) {
      if (owner != thread) {
        return false;
      }
      if (--nesting == 0) {
        owner = NOBODY;
      }
      return true;
    }

    /** As above. */
    public void shutdown() {
      closed = true;
    }
  }
}
