package io.syslet.examples.cli;

import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Prep;
import io.syslet.Sys;
import io.syslet.Syslet;
import io.syslet.linux.LinuxKernel;
import io.syslet.linux.LinuxOptions;
import io.syslet.ring.CompletionRing;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;

/**
 * Takes back a read of an empty pipe by a call and one by a deadline, with a reactor and without
 * one; says how they have ended, at the latest when there was something to read. Leaves one behind.
 */
final class TakingBack {
  private static final long A_WHILE = 1_000_000_000;

  private final Kernel kernel;
  private final CompletionRing ring;
  private final CallSlots slots;
  private final MemorySegment pipe;

  private TakingBack(Kernel kernel) {
    this.kernel = kernel;
    ring = CompletionRing.allocate(kernel.arena(), 8, 1);
    slots = CallSlots.allocate(kernel.arena(), 1, ring);
    pipe = kernel.arena().allocate(16, 8);
    kernel.syscall(Nr.PIPE2, pipe.address(), Sys.O_CLOEXEC, 0);
  }

  public static void main(String[] arguments) throws Exception {
    for (boolean reactor : new boolean[] {true, false}) {
      LinuxOptions options = LinuxOptions.defaults().reactor(reactor).drain(Duration.ofMillis(50));
      try (Kernel kernel = LinuxKernel.boot(options)) {
        kernel.run(k -> new TakingBack(k).say());
      }
    }
    System.out.flush();
    Runtime.getRuntime().halt(0);
  }

  private void say() {
    read(-1);
    int answer = kernel.cancel(ring, 1);
    say("cancel " + Errno.describe(answer), end());
    boolean pending = read(A_WHILE / 20);
    say("deadline", pending ? end() : Errno.describe(slots.status(0)));
    read(-1);
  }

  /** Whether it waits: on a busy machine a deadline may be over before that is seen. */
  private boolean read(long nanos) {
    Prep.read(slots, 0, 1, pipe.get(ValueLayout.JAVA_INT, 0), pipe.address() + 8, 1);
    slots.deadline(0, nanos);
    kernel.indirect(slots, 0, 1, 0);
    return slots.status(0) == -Syslet.ESYSLETPENDING;
  }

  private String end() {
    boolean late = kernel.ringWait(ring, ring.tail(), 1, A_WHILE) != 0;
    if (late) {
      kernel.syscall(Nr.WRITE, pipe.get(ValueLayout.JAVA_INT, 4), pipe.address() + 8, 1);
      kernel.ringWait(ring, ring.tail());
    }
    String status = Errno.describe(ring.statusAt(ring.tail()));
    ring.advanceTo(ring.tail() + 1);
    return (late ? "late, " : "") + status;
  }

  private static void say(String what, String how) {
    System.out.println(what + ": " + how);
  }
}
