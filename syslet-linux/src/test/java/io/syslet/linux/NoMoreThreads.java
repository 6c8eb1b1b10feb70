package io.syslet.linux;

import io.syslet.Calls;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Params;
import io.syslet.Registers;
import io.syslet.Syslet;
import io.syslet.kernel.Uninterruptibly;
import io.syslet.kernel.contract.Rig;
import io.syslet.kernel.plain.PlainKernel;
import io.syslet.ring.Memory;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@code NoMoreThreads linux|plain}: a call with a deadline, and one with a frame to be entered as
 * a new task, where no thread can be started, and again when one can; prints the results. {@code
 * NoMoreThreads punting}: a batch of calls that helpers would make, where none can be started;
 * prints how many have succeeded.
 */
final class NoMoreThreads {
  private static final long NANOS = 20_000_000;
  private static final int CALLS = 5;

  private NoMoreThreads() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals("punting")) {
      punt();
      return;
    }
    boolean isPlain = arguments[0].equals("plain");
    try (Kernel kernel = isPlain ? PlainKernel.boot() : LinuxKernel.boot()) {
      kernel.run(NoMoreThreads::read);
    }
  }

  private static void read(Kernel kernel) {
    Rig rig = new Rig(kernel);
    Rig framed = new Rig(kernel);
    Memory.putLong(framed.params.address() + Params.FRAME_IP, kernel.frame(sp -> {}));
    Memory.putLong(framed.params.address() + Params.FRAME_SP, 9);
    long _ = framed.read(1);
    CountDownLatch end = new CountDownLatch(1);
    List<Thread> all = fill(end);
    System.out.println("without: " + timedRead(rig));
    System.out.println("framed without: " + ended(framed));
    end.countDown();
    all.forEach(Uninterruptibly::join);
    System.out.println("with: " + rig.settled(timedRead(rig)));
    long _ = framed.read(2);
    System.out.println("framed with: " + ended(framed));
  }

  /** Feeds a pipe whose reader is pending: how the read ends. */
  private static long ended(Rig rig) {
    rig.feed(1);
    long status = rig.await();
    return status == 1 ? rig.consume() : status;
  }

  private static void punt() throws Exception {
    try (LinuxKernel kernel = LinuxKernel.boot()) {
      kernel.punts.puntFor(TimeUnit.HOURS.toNanos(1));
      kernel.run(NoMoreThreads::lookUp);
      System.out.println("pending: " + kernel.stats().pending());
    }
  }

  private static void lookUp(Kernel kernel) {
    CountDownLatch end = new CountDownLatch(1);
    AtomicInteger succeeded = new AtomicInteger();
    fill(end);
    try (Calls calls = Calls.of(kernel)) {
      for (int i = 0; i < CALLS; i++) {
        calls.lstat(Path.of("/")).then(status -> succeeded.addAndGet(status == 0 ? 1 : 0));
      }
      calls.awaitAll();
    }
    System.out.println("succeeded: " + succeeded);
    end.countDown();
  }

  /** Starts as many threads as may be. */
  private static List<Thread> fill(CountDownLatch end) {
    List<Thread> started = new ArrayList<>();
    try {
      while (true) {
        Thread each = Thread.ofPlatform().daemon().unstarted(() -> Uninterruptibly.await(end));
        each.start();
        started.add(each);
      }
    } catch (OutOfMemoryError e) {
      return started;
    }
  }

  private static long timedRead(Rig rig) {
    MemorySegment params = rig.kernel.arena().allocate(Params.TIMED_LENGTH, 8);
    Params.put(params.address(), rig.ring.address(), 1);
    Memory.putInt(params.address() + Params.TARGET, Syslet.TARGET_RING | Syslet.TIMED);
    Memory.putLong(params.address() + Params.DEADLINE, NANOS);
    Registers.put(rig.registers.address(), Nr.READ, rig.in, rig.buffer, 1, 0, 0, 0);
    return rig.kernel.indirect(rig.registers, params, 0);
  }
}
