package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Syslet;
import io.syslet.Task;
import io.syslet.kernel.contract.Rig;
import io.syslet.ring.Memory;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Reads of pipes, polls and sleeps, with deadlines and cancels at random, of several tasks: each
 * ends once, and no byte is lost.
 */
class WaitingSoakTest {
  private static final int TASKS = 4;
  private static final int ROUNDS = Boolean.getBoolean("syslet.long") ? 20_000 : 1_000;
  private static final int RING = 256;
  private static final long MILLI = 1_000_000;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void eachEndsOnceAndNoByteIsLost(long seed) throws Exception {
    try (LinuxKernel kernel = LinuxKernel.boot()) {
      Task[] tasks = new Task[TASKS];
      for (int i = 0; i < TASKS; i++) {
        Random random = new Random(seed * TASKS + i);
        tasks[i] = kernel.start(k -> new Player(k, random).play());
      }
      for (Task task : tasks) {
        task.join();
      }
      assertThat(kernel.stats().inFlight()).isZero();
    }
  }

  /** One task, its pipe, and what it expects. */
  private static final class Player {
    private final Kernel kernel;
    private final Random random;
    private final Rig rig;
    private final CallSlots slots;
    private final boolean[] pending = new boolean[ROUNDS];
    private final long pollfd;
    private final long time;
    private int inFlight;
    private long fed;
    private long read;

    Player(Kernel kernel, Random random) {
      this.kernel = kernel;
      this.random = random;
      this.rig = new Rig(kernel, RING);
      this.slots = rig.slots(1);
      this.pollfd = kernel.arena().allocate(8L * ROUNDS, 8).address();
      this.time = kernel.arena().allocate(16, 8).address();
    }

    void play() {
      for (int i = 0; i < ROUNDS; i++) {
        step(i);
        while (inFlight > RING / 2 || !rig.ring.isEmpty()) {
          feed(inFlight > RING / 2 ? 1 : 0);
          end();
        }
      }
      while (inFlight > 0) {
        feed(1);
        end();
      }
      rig.take((int) (fed - read));
      rig.close();
    }

    private void step(int i) {
      switch (random.nextInt(6)) {
        case 0 -> feed(1 + random.nextInt(3));
        case 1 -> sleep(i);
        case 2 -> poll(i);
        case 3 -> {
          int taken = kernel.cancel(rig.ring, random.nextInt(i + 1));
          assertThat(taken).isIn(0, -Errno.ENOENT, -Errno.EALREADY);
        }
        default -> call(i, Nr.READ, rig.in, rig.buffer, 1 + random.nextInt(2), 0);
      }
    }

    private void sleep(int i) {
      Memory.putLong(time, 0);
      Memory.putLong(time + 8, random.nextInt(2 * (int) MILLI));
      call(i, Nr.NANOSLEEP, time, 0, 0, 0);
    }

    private void poll(int i) {
      Memory.putInt(pollfd + 8L * i, rig.in);
      Memory.putInt(pollfd + 8L * i + 4, 1);
      call(i, Nr.PPOLL, pollfd + 8L * i, 1, 0, 0);
    }

    private void call(int i, long nr, long a0, long a1, long a2, long a3) {
      slots.set(0, i, nr, a0, a1, a2, a3, 0, 0);
      slots.deadline(0, random.nextInt(4) == 0 ? random.nextInt(3 * (int) MILLI) : -1);
      assertThat(kernel.indirect(slots, 0, 1, 0)).isEqualTo(1);
      if (slots.status(0) == -Syslet.ESYSLETPENDING) {
        pending[i] = true;
        inFlight++;
      } else {
        count(nr == Nr.READ ? slots.status(0) : 0);
      }
    }

    private void feed(int bytes) {
      if (bytes > 0 && fed - read < 60_000) {
        rig.feed(bytes);
        fed += bytes;
      }
    }

    private void end() {
      long status = rig.await();
      int which = (int) rig.consume();
      assertThat(pending[which]).as("once").isTrue();
      pending[which] = false;
      inFlight--;
      boolean isRead = Memory.getInt(pollfd + 8L * which + 4) == 0;
      assertThat(status).isIn(0L, 1L, 2L, (long) -Errno.ECANCELED, (long) -Errno.ETIMEDOUT);
      count(isRead ? status : 0);
    }

    private void count(long status) {
      read += Math.max(status, 0);
    }
  }
}
