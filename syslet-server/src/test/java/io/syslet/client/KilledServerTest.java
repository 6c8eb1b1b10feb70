package io.syslet.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Syslet;
import io.syslet.Task;
import io.syslet.ring.CompletionHandler;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.Memory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Programs on a {@link RemoteKernel} whose server is killed at any moment, and comes back: each
 * call that was accepted completes once, in the program's own ring. Over shared memory the kernel
 * ends with its server, and the programs get another one. {@code -Dsyslet.long=true} for more
 * rounds.
 */
class KilledServerTest {
  private static final boolean LONG = Boolean.getBoolean("syslet.long");
  private static final int ROUNDS = LONG ? 25 : 3;
  private static final long SEED = Long.getLong("syslet.seed", System.nanoTime());
  private static final int TASKS = 2;
  private static final int MOST = 16;
  private static final int BATCH = 4;
  private static final int CALLS = 1 << 22;
  private static final long LOOK_NANOS = 100_000;

  private final Random random = new Random(SEED);
  private final AtomicInteger numbers = new AtomicInteger();
  private final AtomicLong inline = new AtomicLong();

  /** For each call: 1 accepted as pending, 2 for each completion. */
  private final AtomicIntegerArray ends = new AtomicIntegerArray(CALLS);

  private final AtomicBoolean stop = new AtomicBoolean();
  @TempDir private Path folder;

  /** Both transports with -Plong alone. */
  static List<String> kinds() {
    return LONG ? List.of("unix", "tls") : List.of("unix");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void eachAcceptedCallCompletesOnceThoughTheServerIsKilled(String kind) throws Exception {
    try (Victims victims = new Victims(folder)) {
      Thread programs = new Thread(() -> runAll(kind, victims), "programs");
      programs.start();
      for (int i = 0; i < ROUNDS; i++) {
        awaitCalls(numbers.get() + 1 + random.nextInt(2000), programs, victims);
        victims.killServer();
      }
      awaitCalls(numbers.get() + 1000, programs, victims);
      stop.set(true);
      programs.join();
    }
    int pending = 0;
    for (int n = 1; n <= numbers.get(); n++) {
      assertThat(ends.get(n)).as("call %d, seed %d", n, SEED).isIn(0, 3);
      pending += ends.get(n) == 3 ? 1 : 0;
    }
    assertThat(pending).isPositive();
    assertThat(inline.get()).isPositive();
  }

  private void awaitCalls(int count, Thread programs, Victims victims) {
    while (numbers.get() < count) {
      assertThat(victims.server().isAlive() && programs.isAlive()).as(victims::said).isTrue();
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private void runAll(String kind, Victims victims) {
    while (!stop.get()) {
      try (Kernel kernel = RemoteKernel.connect(victims.address(kind), victims.options())) {
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < TASKS; i++) {
          tasks.add(kernel.start(each -> new Program(each).run()));
        }
        for (Task task : tasks) {
          task.join();
        }
        assertThat(kernel.stats().inFlight()).isZero();
      } catch (java.io.IOException e) {
        LockSupport.parkNanos(LOOK_NANOS); // the next server is not there yet
      } catch (Exception e) {
        throw new IllegalStateException("seed " + SEED, e);
      }
    }
  }

  /** Sleeps, and reads what it writes itself; ends with its kernel. */
  private final class Program implements CompletionHandler {
    private final Kernel kernel;
    private final CompletionRing ring;
    private final CallSlots slots;
    private final Random choices = new Random(numbers.get() ^ SEED);
    private final long memory;
    private long eventFd;
    private int inFlight;

    Program(Kernel kernel) {
      this.kernel = kernel;
      ring = CompletionRing.allocate(kernel.arena(), 64, 1);
      slots = CallSlots.allocate(kernel.arena(), BATCH, ring);
      memory = kernel.arena().allocate(64, 64).address();
      Memory.putLong(memory, 1);
      eventFd = newEventFd();
    }

    private long newEventFd() {
      return kernel.syscall(Nr.EVENTFD2, 0, 1, 0);
    }

    /** The kernel is lost when nothing can be sent any more. */
    void run() {
      boolean isLost = false;
      while (!isLost && !stop.get()) {
        isLost = batch() == -Errno.ENOTCONN;
        release(MOST);
      }
      release(0);
    }

    private int batch() {
      int count = 1 + choices.nextInt(BATCH);
      int first = numbers.getAndAdd(count) + 1;
      for (int i = 0; i < count; i++) {
        put(i, first + i);
      }
      int accepted = kernel.indirect(slots, 0, count, 0);
      for (int i = 0; i < accepted; i++) {
        boolean isPending = slots.status(i) == -Syslet.ESYSLETPENDING;
        ends.addAndGet(first + i, isPending ? 1 : 0);
        inFlight += isPending ? 1 : 0;
        inline.addAndGet(isPending ? 0 : 1);
      }
      return accepted;
    }

    private void put(int i, int number) {
      switch (choices.nextInt(3)) {
        case 0 -> slots.set(i, number, Nr.READ, eventFd, memory + 32, 8, 0, 0, 0);
        case 1 -> {
          Memory.putLong(memory + 24, choices.nextInt(2_000_000));
          slots.set(i, number, Nr.NANOSLEEP, memory + 16, 0, 0, 0, 0, 0);
        }
        default -> slots.set(i, number, Nr.WRITE, eventFd, memory, 8, 0, 0, 0);
      }
    }

    private void release(int most) {
      ring.drain(this, Integer.MAX_VALUE);
      while (inFlight > most) {
        if (kernel.syscall(Nr.WRITE, eventFd, memory, 8) == -Errno.EBADF) {
          eventFd = newEventFd();
        }
        ring.drain(this, Integer.MAX_VALUE);
      }
    }

    @Override
    public void onCompletion(long status, long callerData) {
      ends.addAndGet((int) callerData, 2);
      inFlight--;
    }
  }
}
