package io.syslet.threads;

/**
 * Prints whether JVMTI's notices of mounts were off, once the agent has done what it does aside: 1,
 * 0, or nothing if the agent has not touched them. Has them on from then, while threads switch.
 */
final class MountNoticesProgram {
  private MountNoticesProgram() {}

  public static void main(String[] args) throws Exception {
    Managed.await();
    Thread ball = Thread.startVirtualThread(MountNoticesProgram::play);
    try {
      Object wereOff =
          Class.forName("jdk.test.whitebox.WhiteBox", false, null)
              .getMethod("setVirtualThreadsNotifyJvmtiMode", boolean.class)
              .invoke(null, true);
      System.out.println("off " + (Boolean.TRUE.equals(wereOff) ? 1 : 0));
    } catch (ClassNotFoundException e) {
      // not touched
    }
    ball.join();
    System.out.println("played 1");
  }

  @SuppressWarnings("ThreadPriorityCheck") // mounts and unmounts are wanted
  private static void play() {
    for (int i = 0; i < 100_000; i++) {
      Thread.yield();
    }
  }
}
