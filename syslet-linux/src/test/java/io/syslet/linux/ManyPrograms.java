package io.syslet.linux;

import io.syslet.Kernel;
import io.syslet.Sys;
import io.syslet.Task;
import io.syslet.kernel.contract.RandomPrograms;
import io.syslet.kernel.contract.Rig;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@code ManyPrograms FOLDER SEED PROGRAMS}: programs of calls at random in two tasks, each of
 * which must end as a second interpreter says; prints a line now and then, and how many blocked.
 */
final class ManyPrograms {
  private static final int TASKS = 2;
  private static final int LINES = 20;

  private final AtomicInteger blocked = new AtomicInteger();
  private final String folder;
  private final long seed;
  private final int programs;

  private ManyPrograms(String folder, long seed, int programs) {
    this.folder = folder;
    this.seed = seed;
    this.programs = programs;
  }

  public static void main(String[] arguments) throws Exception {
    int programs = Integer.parseInt(arguments[2]);
    new ManyPrograms(arguments[0], Long.parseLong(arguments[1]), programs).run();
  }

  private void run() throws Exception {
    try (Kernel kernel = LinuxKernel.boot()) {
      Task[] tasks = new Task[TASKS];
      for (int i = 0; i < TASKS; i++) {
        int number = i;
        tasks[i] = kernel.start(k -> run(k, number));
      }
      for (Task task : tasks) {
        task.join();
      }
    }
    System.out.println("blocked " + blocked);
  }

  private void run(Kernel kernel, int number) {
    String path = Path.of(folder, "seek" + number).toString();
    long name = kernel.arena().allocateFrom(path).address();
    long file = Sys.openat(kernel, Sys.AT_FDCWD, name, Sys.O_RDWR | Sys.O_CREAT, 0600);
    RandomPrograms each = new RandomPrograms(new Rig(kernel), file, seed + number);
    for (int i = 0; i < programs; i++) {
      if (each.next()) {
        blocked.incrementAndGet();
      }
      if (i % (programs / LINES) == 0) {
        System.out.println("program " + i);
      }
    }
  }
}
